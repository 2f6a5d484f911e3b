package dev.clap4j.cli;

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
            "There is one picture for each template prompt of each class, or --per-prompt K of them:"
                    + " DIR/<class>/<prompt>/<number>.png. Existing pictures are kept, so an interrupted run continues where"
                    + " it was, and more classes, prompts or pictures can be added. DIR/synthesis.json says how they are"
                    + " made, DIR/pictures.jsonl has the prompt and the seed of each. The same seed gives the same pictures"
                    + " on the same version of Java; of a server's pictures that depends on the server."
        },
        mixinStandardHelpOptions = true)
final class SynthesizeCommand implements Runnable, Interruptible {
    @Option(
            names = "--synthesizer",
            defaultValue = "iconworld",
            paramLabel = "iconworld|diffusion|endpoint",
            description =
                    "What makes the pictures: icon world, which draws everyday things from emoji, a diffusion model on"
                            + " this machine, or a server that draws (default: ${DEFAULT-VALUE}).")
    private SynthesizerOptions.Kind kind;

    @Mixin
    private ClassesOption classes;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder: new, or of such pictures.")
    private Path out;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "S",
            description = "Seed of the draw and of all pictures (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "The diffusion model: a folder as diffusers saves it, or a name; of a server, the model's name"
                            + " there (default: the server's own).")
    private String model;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Denoising steps of a picture (default: the model's usual number, or the server's own).")
    private Integer steps;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description =
                    "Begin with these pictures, DIR/<class>/<image>, of which the seed draws one for each new one: a"
                            + " diffusion model changes their style.")
    private Path images;

    @Option(
            names = "--strength",
            paramLabel = "S",
            description = "How much of them changes, above 0 to 1 (default: 0.6).")
    private Double strength;

    @Option(
            names = "--latents",
            paramLabel = "FILE.npy",
            description =
                    "Begin with this noise instead of the seed's, as diffusers takes it by the same name: standard normal"
                            + " numbers [n,channels,height,width], for --per-prompt n, or [channels,height,width]. Pictures"
                            + " of other implementations can be made again with it.")
    private Path latents;

    @Option(
            names = "--template",
            paramLabel = "TEXT",
            description =
                    "A prompt to take instead of the 480, with {class} where the class name should stand; may be given"
                            + " several times.")
    private List<String> templates;

    @Mixin
    private SynthesizerOptions options;

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
        SynthesizerSettings.Own own =
                new SynthesizerSettings.Own("--model", model, "--steps", steps, images, strength, latents, templates);
        PromptSample sample = options.sample(names, own, seed);
        int made = options.fill(out, kind, own, sample, output.err());
        int pictures = sample.items().size();
        output.print(
                new Made(out.toString(), names.size(), pictures, made),
                String.format("%d pictures of %d classes in %s, %d of them new", pictures, names.size(), out, made));
    }
}
