package dev.clap4j.internal.diffusion.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.internal.http.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An interface of servers that draw: its requests, its answers, and the settings of all pictures. */
public sealed interface ImageApi permits OpenAiImages, Automatic1111 {
    /** The most bytes of an answer: enough for a picture of 2048 × 2048 pixels in base64, however noisy. */
    int MOST_BYTES = 32 << 20;

    /** Returns the path of requests, and the words for faults. */
    Service service();

    /** Returns the model's name on the server; null for the server's own. */
    String model();

    /**
     * Returns the request for one picture.
     *
     * @param seed 0 to 2³¹ − 1
     */
    ObjectNode request(String prompt, long seed);

    /** Returns the parameters of a request that some servers do not know, and that can be left out then. */
    List<String> optional();

    /** Returns the picture file in base64; empty if the answer has none. */
    Optional<String> picture(JsonNode answer);

    /** Returns the interface and the settings by name, for the record. */
    Map<String, String> describe();
}
