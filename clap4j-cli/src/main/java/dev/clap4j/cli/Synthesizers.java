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
import dev.clap4j.internal.io.Names;
import dev.clap4j.synthesis.ImageSynthesizer;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Makes synthesizers of a command line. An option that is impossible by itself is refused at once, all else when the
 * synthesizer is opened with a progress.
 */
final class Synthesizers {
    /** The side of icon world's pictures that the mini CLIP takes. */
    private static final int ICON_WORLD_SIDE = 64;

    private static final double USUAL_STRENGTH = 0.6;

    private Synthesizers() {}

    static Function<Progress, ImageSynthesizer> iconWorld(PixelSize size, List<String> classes) {
        PixelSize side = Objects.requireNonNullElse(size, new PixelSize(ICON_WORLD_SIDE, ICON_WORLD_SIDE));
        WrongUse.when(!side.isSquare(), "Icon world draws squares; --size should be one number of pixels");
        WrongUse.checking(() -> {
            BuildOptions.checkImageSize(side.width());
            classes.forEach(Concepts::named);
        });
        return progress -> IconWorldSynthesizer.of(classes, side.width(), progress);
    }

    static Function<Progress, ImageSynthesizer> diffusion(
            SynthesizerSettings given, List<String> classes, PrintWriter err) {
        SynthesizerSettings.Own own = given.own();
        WrongUse.when(own.model() == null, "Name the diffusion model with " + own.modelName());
        WrongUse.when(
                own.strength() != null && own.images() == null,
                "--strength is for pictures to begin with; name their folder with --images");
        WrongUse.when(
                own.latents() != null && own.images() != null,
                "Pictures begin with those of --images or with the noise of --latents; give one of them");
        List<String> schedulers = DiffusionSynthesizer.schedulers();
        WrongUse.when(
                given.scheduler() != null && !schedulers.contains(given.scheduler()),
                "--scheduler should be " + Converters.either(schedulers) + ", not '" + given.scheduler() + "'");
        DiffusionOptions options = DiffusionOptions.of(
                        NamedModel.find(own.model(), err).toString())
                .withNegativePrompt(given.negative())
                .withScheduler(given.scheduler())
                .withLatents(own.latents());
        PixelSize size = given.size();
        options = size == null ? options : options.withSize(size.width(), size.height());
        options = own.steps() == null ? options : options.withSteps(own.steps());
        DiffusionOptions all = given.guidance() == null ? options : options.withGuidance(given.guidance());
        return progress -> {
            DiffusionSynthesizer synthesizer = DiffusionSynthesizer.open(all, progress);
            return own.images() == null ? synthesizer : restyling(synthesizer, own, classes);
        };
    }

    private static ImageSynthesizer restyling(
            DiffusionSynthesizer synthesizer, SynthesizerSettings.Own own, List<String> classes) {
        try {
            return RestylingSynthesizer.of(
                    synthesizer, own.images(), classes, Objects.requireNonNullElse(own.strength(), USUAL_STRENGTH));
        } catch (ClapException e) {
            synthesizer.close();
            throw e;
        }
    }

    static Function<Progress, ImageSynthesizer> server(SynthesizerSettings given, PrintWriter err) {
        WrongUse.when(given.endpoint() == null, "Name the server with --endpoint");
        return WrongUse.checking(() -> {
            EndpointOptions options = EndpointOptions.of(given.endpoint(), given.api())
                    .withModel(given.own().model())
                    .withNegativePrompt(given.negative())
                    .withScheduler(given.scheduler());
            PixelSize size = given.size();
            options = size == null ? options : options.withSize(size.width(), size.height());
            options = given.own().steps() == null
                    ? options
                    : options.withSteps(given.own().steps());
            options = given.guidance() == null ? options : options.withGuidance(given.guidance());
            ImageSynthesizer synthesizer = EndpointSynthesizer.of(
                    options, given.key().get(), warning -> err.println("clap: " + Names.line(warning)));
            return progress -> synthesizer;
        });
    }
}
