package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.diffusion.DiffusionOptions;
import dev.clap4j.diffusion.DiffusionSynthesizer;
import dev.clap4j.diffusion.EndpointOptions;
import dev.clap4j.diffusion.EndpointSynthesizer;
import dev.clap4j.diffusion.RestylingSynthesizer;
import dev.clap4j.iconworld.Concepts;
import dev.clap4j.iconworld.dataset.BuildOptions;
import dev.clap4j.iconworld.synthesis.IconWorldSynthesizer;
import dev.clap4j.internal.io.FolderLock;
import dev.clap4j.internal.io.Names;
import dev.clap4j.synthesis.ImageSynthesizer;
import dev.clap4j.synthesis.PictureFolder;
import dev.clap4j.synthesis.PromptSample;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The pictures to make of prompts, and their synthesizer; options that another one has are refused by name. */
final class SynthesizerOptions {
    /** The side of icon world's pictures that the mini CLIP takes. */
    private static final int ICON_WORLD_SIDE = 64;

    private static final double USUAL_STRENGTH = 0.6;

    /** Synthesizers by the names of the command line. */
    enum Kind {
        ICONWORLD,
        DIFFUSION,
        ENDPOINT
    }

    /** Synthesizers by their options. */
    private enum Way {
        ICONWORLD("--synthesizer iconworld"),
        DIFFUSION("--synthesizer diffusion"),
        OPENAI("--synthesizer endpoint"),
        AUTOMATIC1111("--synthesizer endpoint --api automatic1111");

        private static final Set<Way> SERVERS = EnumSet.of(OPENAI, AUTOMATIC1111);

        private final String typed;

        Way(String typed) {
            this.typed = typed;
        }
    }

    @Option(
            names = "--prompts",
            paramLabel = "N",
            description = "How many of the 480 prompts of each class, drawn from the seed (default: all).")
    private Integer prompts;

    @Option(names = "--per-prompt", paramLabel = "K", description = "Pictures of each prompt (default: 1).")
    private Integer perPrompt;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            converter = PixelSize.Converter.class,
            description =
                    "The side of a picture, or its width and height as in 512x768 (default: 64 for icon world, else"
                            + " the model's or the server's own).")
    private PixelSize size;

    /** The former name. */
    @Option(names = "--image-size", paramLabel = "PIXELS", converter = PixelSize.Converter.class, hidden = true)
    private PixelSize imageSize;

    @Option(
            names = "--guidance",
            paramLabel = "G",
            description = "How closely pictures follow their prompts (default: the model's or the server's own).")
    private Double guidance;

    @Option(names = "--negative", paramLabel = "TEXT", description = "What pictures should not show.")
    private String negative;

    @Option(
            names = "--scheduler",
            paramLabel = "NAME",
            description = "The sampler of the denoising steps: ddim, pndm, euler, euler-karras, euler-ancestral, dpm,"
                    + " dpm-karras, unipc or lcm; of a server, as that calls it (default: the model's or the"
                    + " server's own).")
    private String scheduler;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "A server of OpenAI's images/generations, such as http://localhost:8080/v1, or of"
                    + " AUTOMATIC1111's web UI, such as http://localhost:7860.")
    private String endpoint;

    @Option(
            names = "--api",
            paramLabel = "openai|automatic1111",
            description =
                    "The server's interface (default: openai). The key of the second one is user:password, and only"
                            + " taken from a variable that is named.")
    private EndpointOptions.Api api;

    @Mixin
    private KeyOption key;

    /**
     * Options whose names depend on the command.
     *
     * @param modelName the name of the option of the model
     * @param model the model; null if not given
     * @param stepsName the name of the option of the denoising steps
     * @param steps the number of denoising steps; null if not given
     * @param images the folder of pictures to begin with; null if not given
     * @param strength the share of steps that change them; null if not given
     */
    record Own(String modelName, String model, String stepsName, Integer steps, Path images, Double strength) {
        /** Returns the options of a command that begins with no pictures. */
        static Own of(String modelName, String model, String stepsName, Integer steps) {
            return new Own(modelName, model, stepsName, steps, null, null);
        }
    }

    /** An option, its value, and the synthesizers that have it. */
    private record Choice(String name, Object value, Set<Way> ways) {
        boolean isGiven() {
            return value != null;
        }
    }

    /** The size; null if not given. */
    private PixelSize size() {
        WrongUse.when(size != null && imageSize != null, "--image-size is another name of --size; give one of them");
        return size == null ? imageSize : size;
    }

    private List<Choice> choices(Own own) {
        Set<Way> denoising = EnumSet.of(Way.DIFFUSION, Way.AUTOMATIC1111);
        Set<Way> local = EnumSet.of(Way.DIFFUSION);
        return List.of(
                new Choice("--prompts", prompts, EnumSet.allOf(Way.class)),
                new Choice("--per-prompt", perPrompt, EnumSet.allOf(Way.class)),
                new Choice("--size", size(), EnumSet.allOf(Way.class)),
                new Choice(own.modelName(), own.model(), EnumSet.complementOf(EnumSet.of(Way.ICONWORLD))),
                new Choice(own.stepsName(), own.steps(), denoising),
                new Choice("--guidance", guidance, denoising),
                new Choice("--negative", negative, denoising),
                new Choice("--scheduler", scheduler, denoising),
                new Choice("--images", own.images(), local),
                new Choice("--strength", own.strength(), local),
                new Choice("--endpoint", endpoint, Way.SERVERS),
                new Choice("--api", api, Way.SERVERS),
                new Choice(KeyOption.NAME, key.given(), Way.SERVERS));
    }

    /** Refuses all of them where no pictures are made. */
    void requireNone(Own own) {
        choices(own).stream().filter(Choice::isGiven).findFirst().ifPresent(choice -> {
            throw new WrongUse(choice.name() + " is for pictures that are made; say by what with --synthesizer");
        });
    }

    /** Returns the pictures to make. */
    PromptSample sample(List<String> classes, long seed) {
        return WrongUse.checking(() -> new PromptSample(
                classes,
                Objects.requireNonNullElse(prompts, PromptSample.ALL),
                Objects.requireNonNullElse(perPrompt, 1),
                seed));
    }

    /**
     * Makes the pictures that a folder lacks, and returns their number.
     *
     * @throws WrongUse if an option is missing, impossible, or not one of this synthesizer
     */
    int fill(Path folder, Kind kind, Own own, PromptSample sample, PrintWriter err) {
        Way way = way(kind);
        choices(own).stream()
                .filter(choice -> choice.isGiven() && !choice.ways().contains(way))
                .findFirst()
                .ifPresent(choice -> {
                    List<String> right =
                            choice.ways().stream().map(other -> other.typed).toList();
                    throw new WrongUse(choice.name() + " is not an option of " + way.typed + ", but of "
                            + String.join(" and of ", right));
                });
        List<String> classes = sample.classes();
        Function<Progress, ImageSynthesizer> opened =
                switch (way) {
                    case ICONWORLD -> iconWorld(classes);
                    case DIFFUSION -> diffusion(own, classes, err);
                    case OPENAI, AUTOMATIC1111 -> server(way, own, err);
                };
        return NamedModel.showing(err, progress -> {
            try (ImageSynthesizer synthesizer = opened.apply(progress)) {
                FolderLock lock = FolderLock.take(folder);
                try {
                    return PictureFolder.fill(folder, sample, synthesizer, progress);
                } finally {
                    lock.close();
                }
            }
        });
    }

    private Way way(Kind kind) {
        return switch (kind) {
            case ICONWORLD -> Way.ICONWORLD;
            case DIFFUSION -> Way.DIFFUSION;
            case ENDPOINT -> api == EndpointOptions.Api.AUTOMATIC1111 ? Way.AUTOMATIC1111 : Way.OPENAI;
        };
    }

    private Function<Progress, ImageSynthesizer> diffusion(Own own, List<String> classes, PrintWriter err) {
        WrongUse.when(own.model() == null, "Name the diffusion model with " + own.modelName());
        WrongUse.when(
                own.strength() != null && own.images() == null,
                "--strength is for pictures to begin with; name their folder with --images");
        List<String> schedulers = DiffusionSynthesizer.schedulers();
        WrongUse.when(
                scheduler != null && !schedulers.contains(scheduler),
                "--scheduler should be " + Converters.either(schedulers) + ", not '" + scheduler + "'");
        DiffusionOptions options = DiffusionOptions.of(
                        NamedModel.find(own.model(), err).toString())
                .withNegativePrompt(negative)
                .withScheduler(scheduler);
        options = size() == null ? options : options.withSize(size().width(), size().height());
        options = own.steps() == null ? options : options.withSteps(own.steps());
        DiffusionOptions all = guidance == null ? options : options.withGuidance(guidance);
        return progress -> {
            DiffusionSynthesizer synthesizer = DiffusionSynthesizer.open(all, progress);
            return own.images() == null ? synthesizer : restyling(synthesizer, own, classes);
        };
    }

    private static ImageSynthesizer restyling(DiffusionSynthesizer synthesizer, Own own, List<String> classes) {
        try {
            return RestylingSynthesizer.of(
                    synthesizer, own.images(), classes, Objects.requireNonNullElse(own.strength(), USUAL_STRENGTH));
        } catch (ClapException e) {
            synthesizer.close();
            throw e;
        }
    }

    private Function<Progress, ImageSynthesizer> iconWorld(List<String> classes) {
        PixelSize side = Objects.requireNonNullElse(size(), new PixelSize(ICON_WORLD_SIDE, ICON_WORLD_SIDE));
        WrongUse.when(!side.isSquare(), "Icon world draws squares; --size should be one number of pixels");
        WrongUse.checking(() -> {
            BuildOptions.checkImageSize(side.width());
            classes.forEach(Concepts::named);
        });
        return progress -> IconWorldSynthesizer.of(classes, side.width(), progress);
    }

    private Function<Progress, ImageSynthesizer> server(Way way, Own own, PrintWriter err) {
        WrongUse.when(endpoint == null, "Name the server with --endpoint");
        EndpointOptions.Api kind = EndpointOptions.Api.valueOf(way.name());
        return WrongUse.checking(() -> {
            EndpointOptions options = EndpointOptions.of(endpoint, kind)
                    .withModel(own.model())
                    .withNegativePrompt(negative)
                    .withScheduler(scheduler);
            options = size() == null ? options : options.withSize(size().width(), size().height());
            options = own.steps() == null ? options : options.withSteps(own.steps());
            options = guidance == null ? options : options.withGuidance(guidance);
            ImageSynthesizer synthesizer = EndpointSynthesizer.of(
                    options,
                    kind == EndpointOptions.Api.OPENAI ? key.keyOrUsual() : key.key(),
                    warning -> err.println("clap: " + Names.line(warning)));
            return progress -> synthesizer;
        });
    }
}
