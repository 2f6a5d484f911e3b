package dev.clap4j.fuzz.target;

import dev.clap4j.diffusion.EndpointOptions;
import dev.clap4j.diffusion.EndpointSynthesizer;
import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PixelMode;
import dev.clap4j.internal.image.PngEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Answers of a server that draws, which is simulated in this process. */
final class PictureAnswers {
    private static final int SIDE = 4;

    private PictureAnswers() {}

    static List<Input> answers() {
        byte[] picture = PngEncoder.encode(Bitmap.of(PixelMode.RGB, SIDE, SIDE, new byte[3 * SIDE * SIDE]));
        String base64 = Base64.getEncoder().encodeToString(picture);
        String openAi = "{\"created\": 1, \"data\": [{\"b64_json\": \"" + base64 + "\"}]}";
        String webUi = "{\"images\": [\"data:image/png;base64," + base64 + "\"], \"info\": \"{}\"}";
        return List.of(
                Input.of("openai.json", openAi.getBytes(StandardCharsets.UTF_8)),
                Input.of("automatic1111.json", webUi.getBytes(StandardCharsets.UTF_8)));
    }

    /** Requests a picture, and receives the answer in the folder's file by the interface of that name. */
    static void ask(Path folder) throws IOException {
        for (EndpointOptions.Api api : EndpointOptions.Api.values()) {
            Path answer = folder.resolve(api.name().toLowerCase(Locale.ROOT) + ".json");
            if (Files.exists(answer)) {
                EndpointOptions options = EndpointOptions.of(Loopback.answering(Files.readAllBytes(answer)), api)
                        .withSize(SIDE, SIDE);
                try (EndpointSynthesizer synthesizer =
                        EndpointSynthesizer.of(options, Optional.empty(), warning -> {})) {
                    synthesizer.synthesize("a dog", "dog", 1);
                }
            }
        }
    }
}
