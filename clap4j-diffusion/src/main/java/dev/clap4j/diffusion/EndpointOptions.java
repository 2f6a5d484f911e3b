package dev.clap4j.diffusion;

import dev.clap4j.ClapException;
import java.util.Objects;

/**
 * Options of an {@link EndpointSynthesizer}: the server, and how it should draw. What is not set is the server's choice.
 *
 * @param endpoint the server's address, such as {@code http://localhost:8080/v1}
 * @param api the server's interface
 * @param model the model's name on the server; empty for the server's own
 * @param width width of the pictures in pixels; 0, as the height, if not set
 * @param height height of the pictures in pixels
 * @param steps number of denoising steps; 0 if not set
 * @param guidance classifier-free guidance scale; NaN if not set
 * @param negativePrompt what the pictures should not show; empty for nothing
 * @param scheduler the sampler's name on the server; empty if not set
 * @param atOnce number of requests in parallel, 1 to 64
 */
public record EndpointOptions(
        String endpoint,
        Api api,
        String model,
        int width,
        int height,
        int steps,
        double guidance,
        String negativePrompt,
        String scheduler,
        int atOnce) {
    private static final int FEW = 2;
    private static final int MOST_AT_ONCE = 64;

    /** The interface of a server. */
    public enum Api {
        /** OpenAI's {@code images/generations}, which has no options but model and size. */
        OPENAI,
        /** {@code sdapi/v1/txt2img} of AUTOMATIC1111's web UI. */
        AUTOMATIC1111
    }

    /**
     * Checks the options.
     *
     * @throws ClapException if a number is out of range, or an option is set that the interface lacks
     */
    public EndpointOptions {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(api, "api");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(negativePrompt, "negativePrompt");
        Objects.requireNonNull(scheduler, "scheduler");
        if (steps < 0) {
            throw new ClapException("The number of steps should be at least 1, not " + steps);
        }
        if (Double.isInfinite(guidance) || guidance < 0) {
            throw new ClapException("The guidance scale should be a number from 0, not " + guidance);
        }
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new ClapException("The requests in parallel should be 1 to " + MOST_AT_ONCE + ", not " + atOnce);
        }
        boolean plain = steps == 0 && Double.isNaN(guidance) && negativePrompt.isEmpty() && scheduler.isEmpty();
        if (api == Api.OPENAI && !plain) {
            throw new ClapException("OpenAI's interface has no steps, guidance, negative prompt or scheduler");
        }
    }

    /** Returns the options of a server's own choice, with two requests in parallel. */
    public static EndpointOptions of(String endpoint, Api api) {
        return new EndpointOptions(endpoint, api, "", 0, 0, 0, Double.NaN, "", "", FEW);
    }

    /** Returns these options with another model. */
    public EndpointOptions withModel(String name) {
        return new EndpointOptions(
                endpoint, api, name, width, height, steps, guidance, negativePrompt, scheduler, atOnce);
    }

    /** Returns these options with another size of the pictures in pixels. */
    public EndpointOptions withSize(int newWidth, int newHeight) {
        return new EndpointOptions(
                endpoint, api, model, newWidth, newHeight, steps, guidance, negativePrompt, scheduler, atOnce);
    }

    /** Returns these options with another number of steps. */
    public EndpointOptions withSteps(int number) {
        return new EndpointOptions(
                endpoint, api, model, width, height, number, guidance, negativePrompt, scheduler, atOnce);
    }

    /** Returns these options with another guidance scale. */
    public EndpointOptions withGuidance(double scale) {
        return new EndpointOptions(
                endpoint, api, model, width, height, steps, scale, negativePrompt, scheduler, atOnce);
    }

    /** Returns these options with another negative prompt. */
    public EndpointOptions withNegativePrompt(String prompt) {
        return new EndpointOptions(endpoint, api, model, width, height, steps, guidance, prompt, scheduler, atOnce);
    }

    /** Returns these options with another sampler. */
    public EndpointOptions withScheduler(String name) {
        return new EndpointOptions(endpoint, api, model, width, height, steps, guidance, negativePrompt, name, atOnce);
    }

    /** Returns these options with another number of requests in parallel. */
    public EndpointOptions withAtOnce(int requests) {
        return new EndpointOptions(
                endpoint, api, model, width, height, steps, guidance, negativePrompt, scheduler, requests);
    }
}
