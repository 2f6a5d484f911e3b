package dev.clap4j.internal.diffusion.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.http.ApiKey;
import dev.clap4j.internal.http.JsonEndpoint;
import dev.clap4j.internal.http.RefusedException;
import dev.clap4j.internal.http.Timeouts;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ImageDecoder;
import dev.clap4j.internal.io.Names;
import java.net.URI;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A client of a server that draws. Thread-safe.
 *
 * <p>A parameter that the server refuses by name, and that it can do without, is left out from then on.
 */
public final class ImageServer {
    private static final String NAME = "it";
    private static final long MOST_PIXELS = 1 << 24;
    private static final String DATA_URL = "^data:image/[\\w.+-]+;base64,";

    private final ImageApi api;
    private final PictureSize size;
    private final JsonEndpoint endpoint;
    private final Consumer<String> warnings;
    private final Set<String> leftOut = ConcurrentHashMap.newKeySet();

    /**
     * Creates a client.
     *
     * @param address the server's address, with or without the path of the interface
     * @param size the size that pictures must have
     * @param warnings receives a line for each parameter that is left out
     * @throws ClapException if the address is invalid or contains a password, a key or a query
     */
    public ImageServer(
            ImageApi api,
            PictureSize size,
            String address,
            Optional<ApiKey> key,
            Timeouts timeouts,
            Consumer<String> warnings) {
        this.api = api;
        this.size = size;
        this.endpoint =
                new JsonEndpoint(api.service(), address, Objects.requireNonNullElse(api.model(), ""), key, timeouts);
        this.warnings = warnings;
    }

    /** Returns the address to which requests are sent. */
    public URI uri() {
        return endpoint.uri();
    }

    /**
     * Has the server draw a picture.
     *
     * @param seed 0 to 2³¹ − 1
     * @throws ClapException if there is no answer, or it is no picture or one of another size
     */
    public Bitmap draw(String prompt, long seed) {
        ObjectNode request = api.request(prompt, seed);
        while (true) {
            request.remove(leftOut);
            try {
                return decode(endpoint.post(request, api::picture));
            } catch (RefusedException refusal) {
                if (!leaveOut(request, refusal)) {
                    throw refusal.isOfRequest() ? refused(prompt, refusal) : refusal;
                }
            }
        }
    }

    /** Names the prompt, for a server may draw others. */
    private static ClapException refused(String prompt, RefusedException refusal) {
        return new ClapException(refusal.getMessage() + "; the prompt was \"" + Names.brief(prompt) + "\"", refusal);
    }

    /** Returns whether there is a parameter to leave out next time. */
    private boolean leaveOut(ObjectNode request, RefusedException refusal) {
        Optional<String> refused = api.optional().stream()
                .filter(name -> request.has(name) && refusal.names(name))
                .findFirst();
        refused.filter(leftOut::add)
                .ifPresent(name -> warnings.accept(uri() + " takes no " + name + ", which is left out"
                        + (name.equals("seed") ? "; its pictures cannot be made again" : "")));
        return refused.isPresent();
    }

    private Bitmap decode(String base64) {
        Bitmap bitmap;
        try {
            byte[] file = Base64.getDecoder().decode(base64.replaceFirst(DATA_URL, ""));
            bitmap = ImageDecoder.decode(file, NAME, DecodeOptions.defaults().withMaxPixels(MOST_PIXELS));
        } catch (IllegalArgumentException e) {
            throw new ClapException(uri() + " answers with a picture that is not in base64", e);
        } catch (ClapException e) {
            throw new ClapException(uri() + " answers with a bad picture: " + e.getMessage(), e);
        }
        if (!size.admits(bitmap.width(), bitmap.height())) {
            throw new ClapException(uri() + " answers with a picture of " + bitmap.width() + "x" + bitmap.height()
                    + " pixels, where " + size + " were asked for; choose a size that it offers");
        }
        return bitmap.toRgb();
    }
}
