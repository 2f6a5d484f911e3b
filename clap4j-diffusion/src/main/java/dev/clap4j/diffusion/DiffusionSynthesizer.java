package dev.clap4j.diffusion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.internal.diffusion.model.DiffusionModel;
import dev.clap4j.internal.diffusion.model.PipelineFolder;
import dev.clap4j.internal.diffusion.model.Prompt;
import dev.clap4j.internal.diffusion.pipeline.Drawing;
import dev.clap4j.internal.diffusion.pipeline.DrawingSettings;
import dev.clap4j.internal.diffusion.pipeline.GaussianNoise;
import dev.clap4j.internal.diffusion.pipeline.GivenNoise;
import dev.clap4j.internal.diffusion.pipeline.ModelFiles;
import dev.clap4j.internal.diffusion.pipeline.Pipeline;
import dev.clap4j.internal.diffusion.pipeline.PixelPlanes;
import dev.clap4j.internal.diffusion.scheduler.Noise;
import dev.clap4j.internal.diffusion.scheduler.Scheduler;
import dev.clap4j.internal.diffusion.scheduler.Schedulers;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PillowResize;
import dev.clap4j.internal.image.Resampling;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.source.ModelPath;
import dev.clap4j.synthesis.ImageSynthesizer;
import dev.clap4j.synthesis.PromptSample;
import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Draws pictures with a diffusion model on this machine: Stable Diffusion 1, 2, XL and Turbo, and latent consistency
 * models.
 *
 * <p>A picture is drawn with all processors, so one is drawn at a time; others wait. Its noise comes from its own seed,
 * so its pixels do not depend on what is drawn before or beside it. They depend on what {@link #describe} says, and on
 * the kind of processor.
 */
public final class DiffusionSynthesizer implements ImageSynthesizer {
    /** The number of times that all weights should fit into memory, lest the text encoder be unloaded while it rests. */
    private static final int WEIGHTS_IN_MEMORY = 3;

    private final DiffusionModel model;
    private final Pipeline pipeline;
    private final DrawingSettings settings;
    private final Prompt negative;
    private final Optional<GivenNoise> latents;
    private final Map<String, String> description;
    private final Progress progress;

    private DiffusionSynthesizer(
            DiffusionModel model,
            Pipeline pipeline,
            DrawingSettings settings,
            Prompt negative,
            Optional<GivenNoise> latents,
            Map<String, String> description,
            Progress progress) {
        this.model = model;
        this.pipeline = pipeline;
        this.settings = settings;
        this.negative = negative;
        this.latents = latents;
        this.description = Map.copyOf(description);
        this.progress = progress;
    }

    /**
     * Opens a model; its networks are loaded when they are first needed.
     *
     * @param progress receives the download of a model that is given by name, and while a picture is drawn a note on its
     *     steps; a stop that it requests ends the drawing between two steps
     * @throws ClapException if the model or an option cannot be used
     */
    public static DiffusionSynthesizer open(DiffusionOptions options, Progress progress) {
        return open(options, OrtEngine.create(), progress);
    }

    static DiffusionSynthesizer open(DiffusionOptions options, Engine engine, Progress progress) {
        DiffusionModel model = PipelineFolder.open(ModelPath.find(options.model(), progress), engine);
        try {
            ObjectNode own = (ObjectNode) model.schedulerConfig();
            ObjectNode config = options.scheduler() == null ? own : Schedulers.chosen(options.scheduler(), own);
            Scheduler scheduler = Schedulers.read(model.schedulerConfigFile(), config, options.eta());
            ModelFiles files = ModelFiles.of(model.folder());
            Pipeline pipeline = new Pipeline(model, scheduler, memoryIsShort(files));
            DrawingSettings settings = settings(options, model);
            Prompt negative = options.negativePrompt() == null ? null : Prompt.of(options.negativePrompt());
            pipeline.check(Drawing.of(Prompt.of(""), negative, settings));
            Optional<GivenNoise> latents =
                    Optional.ofNullable(options.latents()).map(file -> pipeline.givenNoise(file, settings));
            Map<String, String> description = describe(options, settings, files, config);
            latents.ifPresent(given -> description.put("latents", given.digest()));
            return new DiffusionSynthesizer(model, pipeline, settings, negative, latents, description, progress);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** Weights are read from files, laid out anew for the processor, and leave room for what a step computes. */
    private static boolean memoryIsShort(ModelFiles files) {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                && system.getTotalMemorySize() < WEIGHTS_IN_MEMORY * files.bytes();
    }

    private static DrawingSettings settings(DiffusionOptions options, DiffusionModel model) {
        int side = model.denoiser().sampleSize() * model.autoencoder().factor();
        return DrawingSettings.of(
                        options.height() == null ? side : options.height(),
                        options.width() == null ? side : options.width(),
                        options.steps() == null ? usualSteps(model) : options.steps(),
                        options.guidance() == null ? usualGuidance(model) : options.guidance())
                .with(options.guidanceRescale(), options.clipSkip());
    }

    private static int usualSteps(DiffusionModel model) {
        return switch (model.kind()) {
            case STABLE_DIFFUSION, STABLE_DIFFUSION_XL -> 50;
            case LATENT_CONSISTENCY -> 4;
        };
    }

    private static double usualGuidance(DiffusionModel model) {
        return switch (model.kind()) {
            case STABLE_DIFFUSION -> 7.5;
            case STABLE_DIFFUSION_XL -> 5;
            case LATENT_CONSISTENCY -> 8.5;
        };
    }

    private static Map<String, String> describe(
            DiffusionOptions options, DrawingSettings settings, ModelFiles files, ObjectNode scheduler) {
        Map<String, String> description = new TreeMap<>(OrtEngine.versions());
        description.put("synthesizer", "diffusion");
        description.put("model", files.fingerprint());
        description.put("scheduler", scheduler.toString());
        description.put("steps", String.valueOf(settings.steps()));
        description.put("guidance", String.valueOf(settings.guidance()));
        description.put("guidance-rescale", String.valueOf(settings.guidanceRescale()));
        description.put("clip-skip", String.valueOf(settings.clipSkip()));
        description.put("eta", String.valueOf(options.eta()));
        description.put("size", settings.width() + "x" + settings.height());
        if (options.negativePrompt() != null) {
            description.put("negative-prompt", options.negativePrompt());
        }
        return description;
    }

    /** Returns the names of the schedulers that can be chosen. */
    public static List<String> schedulers() {
        return Schedulers.names();
    }

    /**
     * Draws a picture.
     *
     * @param prompt the description; words beyond the text encoder's length, about 70, are left out
     * @param className not used
     * @param seed determines the noise; with given latents, only the noise that the scheduler adds to the first of them
     * @throws StoppedException if the progress requests a stop
     */
    @Override
    public BufferedImage synthesize(String prompt, String className, long seed) {
        return draw(prompt, 0, seed);
    }

    @Override
    public BufferedImage synthesize(PromptSample.Item item) {
        return draw(item.prompt(), item.number(), item.seed());
    }

    /**
     * Checks that there are as many given latents, if any, as pictures of a prompt.
     *
     * @throws ClapException if there are not
     */
    @Override
    public void check(PromptSample sample) {
        latents.ifPresent(given -> {
            if (given.pictures() != sample.perPrompt()) {
                throw new ClapException(given.file() + " has latents of " + given.pictures()
                        + " pictures of a prompt, but the number of pictures per prompt is " + sample.perPrompt());
            }
        });
    }

    private BufferedImage draw(String prompt, int number, long seed) {
        Noise seeded = noise(seed);
        return draw(
                Drawing.of(Prompt.of(prompt), negative, settings),
                latents.map(given -> given.of(number, seeded)).orElse(seeded));
    }

    /**
     * Draws a picture that begins with another, for instance the same content in another style (Meng et al. 2022,
     * <a href="https://arxiv.org/abs/2108.01073">arXiv:2108.01073</a>).
     *
     * @param picture the picture; stretched to this synthesizer's size
     * @param prompt the description of the new picture
     * @param strength the share of the steps that are taken, above 0 to 1: little keeps the picture, 1 hardly regards it
     * @param seed determines the noise
     * @throws ClapException if the strength is out of range, or so small that it leaves no step, or latents are given,
     *     too
     * @throws StoppedException if the progress requests a stop
     */
    public BufferedImage restyle(BufferedImage picture, String prompt, double strength, long seed) {
        requireNoLatents();
        Bitmap rgb = Bitmap.of(picture).toRgb();
        Bitmap resized = rgb.width() == settings.width() && rgb.height() == settings.height()
                ? rgb
                : PillowResize.resize(rgb, settings.width(), settings.height(), Resampling.LANCZOS);
        return draw(
                Drawing.of(Prompt.of(prompt), negative, settings).from(PixelPlanes.of(resized), strength), noise(seed));
    }

    void requireNoLatents() {
        latents.ifPresent(given -> {
            throw new ClapException(
                    "A picture begins with another or with latents, not with both; leave out " + given.file());
        });
    }

    private Noise noise(long seed) {
        return new GaussianNoise(seed, pipeline.latents(settings));
    }

    private synchronized BufferedImage draw(Drawing drawing, Noise noise) {
        PixelPlanes pixels = pipeline.draw(drawing, noise, (done, all, latents) -> {
            if (progress.stopRequested()) {
                throw new StoppedException("a picture", done, all);
            }
            progress.note("step " + done + " of " + all);
        });
        return image(pixels.bitmap());
    }

    private static BufferedImage image(Bitmap rgb) {
        BufferedImage image = new BufferedImage(rgb.width(), rgb.height(), BufferedImage.TYPE_INT_RGB);
        byte[] samples = rgb.samples();
        for (int i = 0; i < rgb.width() * rgb.height(); i++) {
            int pixel =
                    ((samples[3 * i] & 0xFF) << 16) | ((samples[3 * i + 1] & 0xFF) << 8) | (samples[3 * i + 2] & 0xFF);
            image.setRGB(i % rgb.width(), i / rgb.width(), pixel);
        }
        return image;
    }

    @Override
    public Map<String, String> describe() {
        return description;
    }

    @Override
    public void close() {
        model.close();
    }
}
