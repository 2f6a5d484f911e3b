package dev.clap4j.diffusion;

import dev.clap4j.ClapException;
import dev.clap4j.internal.diffusion.endpoint.Automatic1111;
import dev.clap4j.internal.diffusion.endpoint.ImageApi;
import dev.clap4j.internal.diffusion.endpoint.ImageServer;
import dev.clap4j.internal.diffusion.endpoint.OpenAiImages;
import dev.clap4j.internal.diffusion.endpoint.PictureSize;
import dev.clap4j.internal.http.ApiKey;
import dev.clap4j.internal.http.Timeouts;
import dev.clap4j.synthesis.ImageSynthesizer;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Has a server draw the pictures. The same arguments give the same pixels only if the server's pictures depend on
 * nothing but prompt and seed.
 *
 * <p>Temporary failures (timeouts, too many requests, server errors) are retried after pauses that double or that the
 * server requests, for at most half an hour; all other errors are reported at once. An answer counts only if it is a
 * picture that can be decoded and has the requested size. The key is sent in the request's header only: redirects are
 * not followed, and in quotations of the server it is masked.
 */
public final class EndpointSynthesizer implements ImageSynthesizer {
    /** Bits of a seed that are not sent: servers take 31. */
    private static final int UNSENT_BITS = 33;

    private static final Timeouts TIMEOUTS =
            Timeouts.DEFAULTS.withAnswer(Duration.ofMinutes(10)).withRequest(Duration.ofMinutes(30));

    private final ImageApi api;
    private final ImageServer server;
    private final int atOnce;

    private EndpointSynthesizer(ImageApi api, ImageServer server, int atOnce) {
        this.api = api;
        this.server = server;
        this.atOnce = atOnce;
    }

    /**
     * Creates a client, without a request to the server.
     *
     * @param key the API key, or {@code user:password} for AUTOMATIC1111's interface; empty if the server needs none
     * @param warnings receives a line for each parameter, such as the seed, that the server does not take and that is
     *     left out
     * @throws ClapException if the address is invalid or contains a password, a key or a query, or the key has invalid
     *     characters
     */
    public static EndpointSynthesizer of(EndpointOptions options, Optional<String> key, Consumer<String> warnings) {
        return of(options, key, warnings, TIMEOUTS);
    }

    static EndpointSynthesizer of(
            EndpointOptions options, Optional<String> key, Consumer<String> warnings, Timeouts timeouts) {
        PictureSize size = PictureSize.of(options.width(), options.height());
        ImageApi api =
                switch (options.api()) {
                    case OPENAI -> new OpenAiImages(options.model(), size);
                    case AUTOMATIC1111 ->
                        new Automatic1111(
                                options.model(),
                                size,
                                options.steps(),
                                options.guidance(),
                                options.negativePrompt(),
                                options.scheduler());
                };
        String owner = api.service().name();
        Optional<ApiKey> secret = key.map(text ->
                options.api() == EndpointOptions.Api.OPENAI ? ApiKey.bearer(text, owner) : ApiKey.basic(text, owner));
        ImageServer server = new ImageServer(api, size, options.endpoint(), secret, timeouts, warnings);
        return new EndpointSynthesizer(api, server, options.atOnce());
    }

    @Override
    public BufferedImage synthesize(String prompt, String className, long seed) {
        return server.draw(prompt, seed >>> UNSENT_BITS).toImage();
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> made = new TreeMap<>(api.describe());
        made.put("synthesizer", "endpoint");
        made.put("endpoint", server.uri().toString());
        return made;
    }

    @Override
    public int atOnce() {
        return atOnce;
    }

    @Override
    public void close() {
        // Java's client ends with its last request.
    }
}
