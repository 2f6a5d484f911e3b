package dev.clap4j.cli;

import dev.clap4j.diffusion.EndpointOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The given options of a synthesizer; null for those that are not given.
 *
 * @param own those whose names depend on the command
 * @param size the size of a picture
 * @param guidance the weight of the prompt
 * @param negative what pictures should not show
 * @param scheduler the sampler
 * @param endpoint the server's address
 * @param api the server's interface; null unless it is one
 * @param key looks up the server's key; never null
 */
record SynthesizerSettings(
        Own own,
        PixelSize size,
        Double guidance,
        String negative,
        String scheduler,
        String endpoint,
        EndpointOptions.Api api,
        Supplier<Optional<String>> key) {
    /**
     * Options whose names depend on the command, or which one command has alone.
     *
     * @param modelName the name of the option of the model
     * @param model the model; null if not given
     * @param stepsName the name of the option of the denoising steps
     * @param steps the number of denoising steps; null if not given
     * @param images the folder of pictures to begin with; null if not given
     * @param strength the share of steps that change them; null if not given
     * @param latents the file of noise to begin with; null if not given
     * @param templates prompts in the user's own words; null if not given
     */
    record Own(
            String modelName,
            String model,
            String stepsName,
            Integer steps,
            Path images,
            Double strength,
            Path latents,
            List<String> templates) {
        /** Returns the options of a command that begins with the noise of the seed, and takes the usual prompts. */
        static Own of(String modelName, String model, String stepsName, Integer steps) {
            return new Own(modelName, model, stepsName, steps, null, null, null, null);
        }
    }
}
