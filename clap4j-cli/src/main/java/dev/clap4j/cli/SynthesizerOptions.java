package dev.clap4j.cli;

import dev.clap4j.diffusion.EndpointOptions;
import dev.clap4j.diffusion.EndpointSynthesizer;
import dev.clap4j.iconworld.Concepts;
import dev.clap4j.iconworld.dataset.BuildOptions;
import dev.clap4j.iconworld.synthesis.IconWorldSynthesizer;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The pictures to make of prompts, and their synthesizer; options that another one has are refused by name. */
final class SynthesizerOptions {
    /** The side of icon world's pictures that the mini CLIP takes. */
    private static final int ICON_WORLD_SIDE = 64;

    /** Synthesizers by the names of the command line. */
    enum Kind {
        ICONWORLD,
        ENDPOINT
    }

    /** Synthesizers by their options. */
    private enum Way {
        ICONWORLD("--synthesizer iconworld"),
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
            description = "The sampler of the denoising steps (default: the model's or the server's own).")
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
     */
    record Own(String modelName, String model, String stepsName, Integer steps) {}

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
        Set<Way> denoising = EnumSet.of(Way.AUTOMATIC1111);
        return List.of(
                new Choice("--prompts", prompts, EnumSet.allOf(Way.class)),
                new Choice("--per-prompt", perPrompt, EnumSet.allOf(Way.class)),
                new Choice("--size", size(), EnumSet.allOf(Way.class)),
                new Choice(own.modelName(), own.model(), Way.SERVERS),
                new Choice(own.stepsName(), own.steps(), denoising),
                new Choice("--guidance", guidance, denoising),
                new Choice("--negative", negative, denoising),
                new Choice("--scheduler", scheduler, denoising),
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
     * Opens a synthesizer.
     *
     * @throws WrongUse if an option is missing, impossible, or not one of this synthesizer
     */
    ImageSynthesizer open(Kind kind, Own own, List<String> classes, PrintWriter err) {
        Way way =
                switch (kind) {
                    case ICONWORLD -> Way.ICONWORLD;
                    case ENDPOINT -> api == EndpointOptions.Api.AUTOMATIC1111 ? Way.AUTOMATIC1111 : Way.OPENAI;
                };
        choices(own).stream()
                .filter(choice -> choice.isGiven() && !choice.ways().contains(way))
                .findFirst()
                .ifPresent(choice -> {
                    List<String> right =
                            choice.ways().stream().map(other -> other.typed).toList();
                    throw new WrongUse(choice.name() + " is not an option of " + way.typed + ", but of "
                            + String.join(" and of ", right));
                });
        return way == Way.ICONWORLD ? iconWorld(classes) : server(way, own, err);
    }

    /** Makes what is missing in a folder, and returns how many pictures that were. */
    static int fill(Path folder, PromptSample sample, ImageSynthesizer synthesizer, PrintWriter err) {
        return NamedModel.showing(err, progress -> PictureFolder.fill(folder, sample, synthesizer, progress));
    }

    private ImageSynthesizer iconWorld(List<String> classes) {
        PixelSize side = Objects.requireNonNullElse(size(), new PixelSize(ICON_WORLD_SIDE, ICON_WORLD_SIDE));
        WrongUse.when(!side.isSquare(), "Icon world draws squares; --size should be one number of pixels");
        WrongUse.checking(() -> {
            BuildOptions.checkImageSize(side.width());
            classes.forEach(Concepts::named);
        });
        try (ProgressBar progress = ProgressBar.open()) {
            return IconWorldSynthesizer.of(classes, side.width(), progress);
        }
    }

    private ImageSynthesizer server(Way way, Own own, PrintWriter err) {
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
            return EndpointSynthesizer.of(
                    options,
                    kind == EndpointOptions.Api.OPENAI ? key.keyOrUsual() : key.key(),
                    warning -> err.println("clap: " + Names.line(warning)));
        });
    }
}
