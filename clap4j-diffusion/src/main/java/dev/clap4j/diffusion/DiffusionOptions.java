package dev.clap4j.diffusion;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Options for drawing with a diffusion model. Options that are null are as usual for the model: 50 steps and a guidance
 * of 7.5 (Stable Diffusion XL: 5; latent consistency models: 4 steps, 8.5), and the size and scheduler of the model's
 * folder. Turbo models want 1 to 4 steps and a guidance of 0.
 *
 * @param model a folder as diffusers saves it, or a model's name
 * @param steps number of steps, at least 1; null for the usual
 * @param guidance weight of the prompt, at least 0; null for the usual. Above 1, each step also asks the model without
 *     the prompt, which takes twice the time; latent consistency models take the guidance as an input instead
 * @param width width of pictures in pixels; null for the model's own
 * @param height height of pictures in pixels; null for the model's own
 * @param negativePrompt a description to stay away from; null for none. Without effect if the guidance is at most 1
 * @param scheduler one of {@link DiffusionSynthesizer#schedulers}; null for the model's own
 * @param guidanceRescale share of the guided prediction that gets the deviation of the unguided one, 0 to 1 (Lin et al.
 *     2024, <a href="https://arxiv.org/abs/2305.08891">arXiv:2305.08891</a>, section 3.4)
 * @param clipSkip number of the text encoder's last layers to leave out for the prompt, at least 0
 * @param eta noise that DDIM adds at each step, relative to that of DDPM, 0 to 1
 * @param latents a NumPy file with the noise to begin with instead of that of the seed: standard normal numbers {@code
 *     [n, channels, height, width]}, a row for each of the n pictures of a prompt, or {@code [channels, height, width]}
 *     for one, as diffusers takes them by the same name; height and width are those of the picture divided by the
 *     autoencoder's factor. null for the seed's noise
 */
public record DiffusionOptions(
        String model,
        Integer steps,
        Double guidance,
        Integer width,
        Integer height,
        String negativePrompt,
        String scheduler,
        double guidanceRescale,
        int clipSkip,
        double eta,
        Path latents) {
    /** Checks that there is a model; other values are checked when it is opened. */
    public DiffusionOptions {
        Objects.requireNonNull(model, "model");
    }

    /**
     * Returns the usual options of a model.
     *
     * @param model a folder as diffusers saves it, or a model's name
     */
    public static DiffusionOptions of(String model) {
        return new DiffusionOptions(model, null, null, null, null, null, null, 0, 0, 0, null);
    }

    /** Returns these options with a number of steps. */
    public DiffusionOptions withSteps(int number) {
        return new DiffusionOptions(
                model,
                number,
                guidance,
                width,
                height,
                negativePrompt,
                scheduler,
                guidanceRescale,
                clipSkip,
                eta,
                latents);
    }

    /** Returns these options with a guidance. */
    public DiffusionOptions withGuidance(double weight) {
        return new DiffusionOptions(
                model,
                steps,
                weight,
                width,
                height,
                negativePrompt,
                scheduler,
                guidanceRescale,
                clipSkip,
                eta,
                latents);
    }

    /** Returns these options with a size in pixels. */
    public DiffusionOptions withSize(int pixelsWide, int pixelsHigh) {
        return new DiffusionOptions(
                model,
                steps,
                guidance,
                pixelsWide,
                pixelsHigh,
                negativePrompt,
                scheduler,
                guidanceRescale,
                clipSkip,
                eta,
                latents);
    }

    /** Returns these options with a negative prompt; null for none. */
    public DiffusionOptions withNegativePrompt(String text) {
        return new DiffusionOptions(
                model, steps, guidance, width, height, text, scheduler, guidanceRescale, clipSkip, eta, latents);
    }

    /** Returns these options with a scheduler; null for the model's own. */
    public DiffusionOptions withScheduler(String name) {
        return new DiffusionOptions(
                model, steps, guidance, width, height, negativePrompt, name, guidanceRescale, clipSkip, eta, latents);
    }

    /** Returns these options with another share of rescaled guidance. */
    public DiffusionOptions withGuidanceRescale(double share) {
        return new DiffusionOptions(
                model, steps, guidance, width, height, negativePrompt, scheduler, share, clipSkip, eta, latents);
    }

    /** Returns these options with a number of layers of the text encoder to leave out. */
    public DiffusionOptions withClipSkip(int layers) {
        return new DiffusionOptions(
                model,
                steps,
                guidance,
                width,
                height,
                negativePrompt,
                scheduler,
                guidanceRescale,
                layers,
                eta,
                latents);
    }

    /** Returns these options with noise in DDIM's steps. */
    public DiffusionOptions withEta(double noise) {
        return new DiffusionOptions(
                model,
                steps,
                guidance,
                width,
                height,
                negativePrompt,
                scheduler,
                guidanceRescale,
                clipSkip,
                noise,
                latents);
    }

    /** Returns these options with noise to begin with; null for that of the seed. */
    public DiffusionOptions withLatents(Path file) {
        return new DiffusionOptions(
                model, steps, guidance, width, height, negativePrompt, scheduler, guidanceRescale, clipSkip, eta, file);
    }
}
