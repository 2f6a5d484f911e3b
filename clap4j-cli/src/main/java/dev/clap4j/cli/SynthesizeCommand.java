package dev.clap4j.cli;

import dev.clap4j.iconworld.Concepts;
import dev.clap4j.iconworld.dataset.BuildOptions;
import dev.clap4j.iconworld.synthesis.IconWorldSynthesizer;
import dev.clap4j.internal.io.FolderLock;
import dev.clap4j.synthesis.ImageSynthesizer;
import dev.clap4j.synthesis.PictureFolder;
import dev.clap4j.synthesis.PromptSample;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clap synthesize}: pictures from prompts. */
@Command(
        name = "synthesize",
        description = {
            "Make pictures of prompts, on which Im.Aug is trained.",
            "There is one picture for each template prompt of each class: DIR/<class>/<prompt>/0.png."
                    + " Existing pictures are kept, so an interrupted run continues where it was, and more classes or"
                    + " prompts can be added. The same seed gives the same pictures on the same version of Java."
        },
        mixinStandardHelpOptions = true)
final class SynthesizeCommand implements Runnable, Interruptible {
    enum Kind {
        ICONWORLD
    }

    @Option(
            names = "--synthesizer",
            defaultValue = "iconworld",
            paramLabel = "iconworld",
            description = "What makes the pictures: icon world, which draws everyday things from emoji (default:"
                    + " ${DEFAULT-VALUE}).")
    private Kind kind;

    @Mixin
    private ClassesOption classes;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder: new, or of such pictures.")
    private Path out;

    @Option(
            names = "--prompts",
            defaultValue = "" + PromptSample.ALL,
            paramLabel = "N",
            description = "How many of the 480 prompts of each class, drawn from the seed (default: all).")
    private int prompts;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "S",
            description = "Seed of the draw and of all pictures (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--image-size",
            defaultValue = "64",
            paramLabel = "PIXELS",
            description = "The side of a picture (default: ${DEFAULT-VALUE}, the mini CLIP's).")
    private int imageSize;

    @Mixin
    private Output output;

    @Override
    public String kept() {
        return "finished pictures are in " + out;
    }

    private record Made(String folder, int classes, int pictures, int made) {}

    @Override
    public void run() {
        List<String> names = classes.required();
        PromptSample sample = WrongUse.checking(() -> new PromptSample(names, prompts, seed));
        try (ImageSynthesizer synthesizer = synthesizer(names)) {
            FolderLock.holding(out, () -> fill(sample, synthesizer));
        }
    }

    private void fill(PromptSample sample, ImageSynthesizer synthesizer) {
        int classCount = sample.classes().size();
        int pictures = classCount * prompts;
        int made;
        try (ProgressBar progress = ProgressBar.open()) {
            made = PictureFolder.fill(out, sample, synthesizer, progress);
        }
        output.print(
                new Made(out.toString(), classCount, pictures, made),
                String.format("%d pictures of %d classes in %s, %d of them new", pictures, classCount, out, made));
    }

    private ImageSynthesizer synthesizer(List<String> names) {
        WrongUse.checking(() -> {
            BuildOptions.checkImageSize(imageSize);
            names.forEach(Concepts::named);
        });
        try (ProgressBar progress = ProgressBar.open()) {
            return switch (kind) {
                case ICONWORLD -> IconWorldSynthesizer.of(names, imageSize, progress);
            };
        }
    }
}
