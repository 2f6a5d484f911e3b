package dev.clap4j.internal.diffusion.pipeline;

import dev.clap4j.ClapException;
import dev.clap4j.internal.diffusion.model.Condition;
import dev.clap4j.internal.diffusion.model.DiffusionModel;
import dev.clap4j.internal.diffusion.model.Moments;
import dev.clap4j.internal.diffusion.model.PipelineKind;
import dev.clap4j.internal.diffusion.scheduler.Noise;
import dev.clap4j.internal.diffusion.scheduler.Sampler;
import dev.clap4j.internal.diffusion.scheduler.Scheduler;
import dev.clap4j.internal.diffusion.scheduler.StepPlan;
import dev.clap4j.internal.io.TensorData;
import java.nio.file.Path;

/**
 * Draws pictures one at a time: latent diffusion (Rombach et al. 2022,
 * <a href="https://arxiv.org/abs/2112.10752">arXiv:2112.10752</a>). Latents are noise, or a given picture's with noise
 * added (Meng et al. 2022, <a href="https://arxiv.org/abs/2108.01073">arXiv:2108.01073</a>); the scheduler removes the
 * noise that the denoiser predicts; the autoencoder decodes what is left.
 *
 * <p>A picture depends on its drawing and its noise only. Not thread-safe.
 */
public final class Pipeline {
    private final DiffusionModel model;
    private final Scheduler scheduler;
    private final boolean saveMemory;
    private final Conditions conditions;

    /**
     * Creates a pipeline of a model that the caller owns.
     *
     * @param saveMemory unloads the text encoders when they have read a prompt, before the denoiser is loaded
     */
    public Pipeline(DiffusionModel model, Scheduler scheduler, boolean saveMemory) {
        this.model = model;
        this.scheduler = scheduler;
        this.saveMemory = saveMemory;
        this.conditions = new Conditions(model);
    }

    /**
     * Draws a picture.
     *
     * @param noise gives, in this order, the latents to begin with, or for a given picture the noise of its latents'
     *     distribution and the noise that is added to them; then whatever the scheduler draws
     * @throws ClapException if the model cannot draw this, or a number becomes infinite
     */
    public PixelPlanes draw(Drawing drawing, Noise noise, StepListener listener) {
        LatentShape shape = LatentShape.of(model, drawing.settings());
        Sampler sampler = scheduler.sampler(plan(drawing));
        int first = firstCall(drawing);
        Condition condition = conditions.of(drawing);
        if (saveMemory) {
            model.prompts().unload();
        }
        float[] latents = begin(drawing, sampler, first, noise);
        int all = sampler.schedule().calls();
        listener.step(0, all - first, latents);
        for (int call = first; call < all; call++) {
            float[] output = predict(drawing.settings(), condition, sampler, call, latents, shape);
            latents = sampler.step(call, output, latents, noise);
            requireFinite(latents, call - first + 1);
            listener.step(call - first + 1, all - first, latents);
        }
        return decode(latents, shape);
    }

    /**
     * Returns the number of values of a picture's latents.
     *
     * @throws ClapException if the model cannot draw pictures of that size
     */
    public int latents(DrawingSettings settings) {
        return LatentShape.of(model, settings).elements();
    }

    /**
     * Reads noise to begin with.
     *
     * @throws ClapException if the file cannot be read, or does not suit such pictures
     */
    public GivenNoise givenNoise(Path file, DrawingSettings settings) {
        return GivenNoise.read(file, LatentShape.of(model, settings), settings);
    }

    /**
     * Checks that the model and the scheduler can draw such a picture, without drawing it.
     *
     * @throws ClapException if they cannot
     */
    public void check(Drawing drawing) {
        latents(drawing.settings());
        scheduler.sampler(plan(drawing));
        firstCall(drawing);
    }

    private boolean isDistilled() {
        return model.kind() == PipelineKind.LATENT_CONSISTENCY;
    }

    private StepPlan plan(Drawing drawing) {
        DrawingSettings settings = drawing.settings();
        double strength = isDistilled() ? drawing.strength() : 1;
        return settings.originalSteps() == 0 && strength == 1
                ? StepPlan.of(settings.steps())
                : new StepPlan.Distilled(settings.steps(), settings.originalSteps(), strength);
    }

    /** A given picture skips the first calls; distilled models choose among those that are left instead. */
    private int firstCall(Drawing drawing) {
        int steps = drawing.settings().steps();
        if (drawing.beginning() == null || isDistilled()) {
            return 0;
        }
        int taken = (int) (steps * drawing.strength());
        if (taken < 1) {
            throw new ClapException("With " + steps + " steps, a strength of " + drawing.strength()
                    + " leaves none; raise the strength to 1/" + steps + " at least, or take more steps");
        }
        return steps - taken;
    }

    private float[] begin(Drawing drawing, Sampler sampler, int first, Noise noise) {
        if (drawing.beginning() == null) {
            float[] latents = noise.next();
            for (int i = 0; i < latents.length; i++) {
                latents[i] *= sampler.schedule().initialScale();
            }
            return latents;
        }
        Moments moments = model.autoencoder().encode(drawing.beginning().tensor());
        float[] latents = moments.mean().toFloats();
        float[] logvar = moments.logvar().toFloats();
        float[] posterior = noise.next();
        float scale = model.autoencoder().scalingFactor();
        for (int i = 0; i < latents.length; i++) {
            latents[i] = scale * (latents[i] + (float) Math.exp(0.5f * logvar[i]) * posterior[i]);
        }
        return sampler.noised(first, latents, noise.next());
    }

    private float[] predict(
            DrawingSettings settings,
            Condition condition,
            Sampler sampler,
            int call,
            float[] latents,
            LatentShape shape) {
        int rows = conditions.areGuided(settings) ? 2 : 1;
        TensorData sample = Rows.repeated("sample", sampler.input(call, latents), rows, shape.extents());
        float[] time = {sampler.schedule().timesteps()[call]};
        TensorData output = model.denoiser().predict(sample, time, condition);
        if (rows == 1) {
            return output.toFloats();
        }
        return Guidance.guided(
                output.rows(0, 1).toFloats(),
                output.rows(1, 1).toFloats(),
                settings.guidance(),
                settings.guidanceRescale());
    }

    private void requireFinite(float[] latents, int step) {
        for (float value : latents) {
            if (!Float.isFinite(value)) {
                throw new ClapException("The latents are no longer finite after step " + step + " of a picture by "
                        + model.folder() + "; choose another scheduler or number of steps, or check the model's files");
            }
        }
    }

    private PixelPlanes decode(float[] latents, LatentShape shape) {
        float scale = model.autoencoder().scalingFactor();
        float[] scaled = new float[latents.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = latents[i] / scale;
        }
        PixelPlanes pixels =
                PixelPlanes.of(model.autoencoder().decode(Rows.repeated("latents", scaled, 1, shape.extents())));
        for (float value : pixels.values()) {
            if (Float.isNaN(value)) {
                throw new ClapException("The autoencoder of " + model.folder() + " gives pixels that are not numbers;"
                        + " check the model's files");
            }
        }
        return pixels;
    }
}
