package dev.clap4j.cli;

import dev.clap4j.Progress;
import dev.clap4j.diffusion.EndpointOptions;
import dev.clap4j.internal.io.FolderLock;
import dev.clap4j.prompt.PromptTemplate;
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

    private List<Choice> choices(SynthesizerSettings.Own own) {
        Set<Way> denoising = EnumSet.of(Way.DIFFUSION, Way.AUTOMATIC1111);
        Set<Way> local = EnumSet.of(Way.DIFFUSION);
        Set<Way> models = EnumSet.complementOf(EnumSet.of(Way.ICONWORLD));
        return List.of(
                new Choice("--prompts", prompts, EnumSet.allOf(Way.class)),
                new Choice("--per-prompt", perPrompt, EnumSet.allOf(Way.class)),
                new Choice("--size", size(), EnumSet.allOf(Way.class)),
                new Choice(own.modelName(), own.model(), models),
                new Choice(own.stepsName(), own.steps(), denoising),
                new Choice("--guidance", guidance, denoising),
                new Choice("--negative", negative, denoising),
                new Choice("--scheduler", scheduler, denoising),
                new Choice("--images", own.images(), local),
                new Choice("--strength", own.strength(), local),
                new Choice("--latents", own.latents(), local),
                new Choice("--template", own.templates(), models),
                new Choice("--endpoint", endpoint, Way.SERVERS),
                new Choice("--api", api, Way.SERVERS),
                new Choice(KeyOption.NAME, key.given(), Way.SERVERS));
    }

    /** Refuses all of them where no pictures are made. */
    void requireNone(SynthesizerSettings.Own own) {
        choices(own).stream().filter(Choice::isGiven).findFirst().ifPresent(choice -> {
            throw new WrongUse(choice.name() + " is for pictures that are made; say by what with --synthesizer");
        });
    }

    /** Returns the pictures to make. */
    PromptSample sample(List<String> classes, SynthesizerSettings.Own own, long seed) {
        return WrongUse.checking(() -> {
            List<PromptTemplate> templates = Objects.requireNonNullElse(own.templates(), List.<String>of()).stream()
                    .map(PromptTemplate::new)
                    .toList();
            int all = templates.isEmpty() ? PromptSample.ALL : templates.size();
            return new PromptSample(
                    classes,
                    templates,
                    Objects.requireNonNullElse(prompts, all),
                    Objects.requireNonNullElse(perPrompt, 1),
                    seed);
        });
    }

    /**
     * Makes the pictures that a folder lacks, and returns their number.
     *
     * @throws WrongUse if an option is missing, impossible, or not one of this synthesizer
     */
    int fill(Path folder, Kind kind, SynthesizerSettings.Own own, PromptSample sample, PrintWriter err) {
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
                    case ICONWORLD -> Synthesizers.iconWorld(size(), classes);
                    case DIFFUSION -> Synthesizers.diffusion(settings(own, way), classes, err);
                    case OPENAI, AUTOMATIC1111 -> Synthesizers.server(settings(own, way), err);
                };
        return NamedModel.showing(err, progress -> {
            try (ImageSynthesizer synthesizer = opened.apply(progress)) {
                synthesizer.check(sample);
                FolderLock lock = FolderLock.take(folder);
                try {
                    return PictureFolder.fill(folder, sample, synthesizer, progress);
                } finally {
                    lock.close();
                }
            }
        });
    }

    private SynthesizerSettings settings(SynthesizerSettings.Own own, Way way) {
        return new SynthesizerSettings(
                own,
                size(),
                guidance,
                negative,
                scheduler,
                endpoint,
                Way.SERVERS.contains(way) ? EndpointOptions.Api.valueOf(way.name()) : null,
                way == Way.OPENAI ? key::keyOrUsual : key::key);
    }

    private Way way(Kind kind) {
        return switch (kind) {
            case ICONWORLD -> Way.ICONWORLD;
            case DIFFUSION -> Way.DIFFUSION;
            case ENDPOINT -> api == EndpointOptions.Api.AUTOMATIC1111 ? Way.AUTOMATIC1111 : Way.OPENAI;
        };
    }
}
