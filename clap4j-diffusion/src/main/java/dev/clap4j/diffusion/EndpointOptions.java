package dev.clap4j.diffusion;

import dev.clap4j.ClapException;
import java.util.Objects;

/**
 * Options for drawing with a server. Options that are null are the server's choice.
 *
 * @param endpoint the server's address, such as {@code http://localhost:8080/v1}
 * @param api the server's interface
 * @param model the model's name on the server; null for the server's own
 * @param steps number of steps, at least 1; null for the server's choice
 * @param guidance weight of the prompt, at least 0; null for the server's choice
 * @param width width of pictures in pixels; null, as the height, for the server's choice
 * @param height height of pictures in pixels
 * @param negativePrompt a description to stay away from; null for none
 * @param scheduler the sampler's name on the server; null for the server's choice
 * @param atOnce number of requests in parallel, 1 to 64
 */
public record EndpointOptions(
        String endpoint,
        Api api,
        String model,
        Integer steps,
        Double guidance,
        Integer width,
        Integer height,
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
        if (steps != null && steps < 1) {
            throw new ClapException("The number of steps should be at least 1, not " + steps);
        }
        if (guidance != null && !(guidance >= 0 && guidance <= Double.MAX_VALUE)) {
            throw new ClapException("The guidance should be a number from 0, not " + guidance);
        }
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new ClapException("The requests in parallel should be 1 to " + MOST_AT_ONCE + ", not " + atOnce);
        }
        boolean isPlain = steps == null && guidance == null && negativePrompt == null && scheduler == null;
        if (api == Api.OPENAI && !isPlain) {
            throw new ClapException("OpenAI's interface has no steps, guidance, negative prompt or scheduler");
        }
    }

    /**
     * Returns the options of a server's own choice, with two requests in parallel.
     *
     * @param endpoint the server's address
     * @param api the server's interface
     */
    public static EndpointOptions of(String endpoint, Api api) {
        return new EndpointOptions(endpoint, api, null, null, null, null, null, null, null, FEW);
    }

    /** Returns these options with a model; null for the server's own. */
    public EndpointOptions withModel(String name) {
        return new EndpointOptions(
                endpoint, api, name, steps, guidance, width, height, negativePrompt, scheduler, atOnce);
    }

    /** Returns these options with a number of steps. */
    public EndpointOptions withSteps(int number) {
        return new EndpointOptions(
                endpoint, api, model, number, guidance, width, height, negativePrompt, scheduler, atOnce);
    }

    /** Returns these options with a guidance. */
    public EndpointOptions withGuidance(double weight) {
        return new EndpointOptions(
                endpoint, api, model, steps, weight, width, height, negativePrompt, scheduler, atOnce);
    }

    /** Returns these options with a size in pixels. */
    public EndpointOptions withSize(int pixelsWide, int pixelsHigh) {
        return new EndpointOptions(
                endpoint, api, model, steps, guidance, pixelsWide, pixelsHigh, negativePrompt, scheduler, atOnce);
    }

    /** Returns these options with a negative prompt; null for none. */
    public EndpointOptions withNegativePrompt(String text) {
        return new EndpointOptions(endpoint, api, model, steps, guidance, width, height, text, scheduler, atOnce);
    }

    /** Returns these options with a sampler; null for the server's choice. */
    public EndpointOptions withScheduler(String name) {
        return new EndpointOptions(endpoint, api, model, steps, guidance, width, height, negativePrompt, name, atOnce);
    }

    /** Returns these options with another number of requests in parallel. */
    public EndpointOptions withAtOnce(int requests) {
        return new EndpointOptions(
                endpoint, api, model, steps, guidance, width, height, negativePrompt, scheduler, requests);
    }
}
