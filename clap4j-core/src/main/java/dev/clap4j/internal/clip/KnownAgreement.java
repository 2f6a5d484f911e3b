package dev.clap4j.internal.clip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.Precision;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A cache of the agreement of models in reduced precision with fp32 on generated images, keyed by fingerprint. */
public final class KnownAgreement {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** To be changed when the rounding or the generated images change. */
    private static final String VERSION = "1";

    private final Path folder;

    /**
     * Creates a cache in a folder.
     *
     * @param cache the cache folder of this program, see {@link dev.clap4j.internal.io.CacheFolder}
     */
    public KnownAgreement(Path cache) {
        this.folder = cache.resolve("agreement");
    }

    /** Returns whether a model's agreement in the precision of an engine is in the cache. */
    public boolean knows(Checkpoint checkpoint, OrtEngine engine) {
        return read(file(checkpoint, engine)).isPresent();
    }

    /**
     * Returns a model's agreement in the precision of an engine, measuring it on that engine if it is not in the cache.
     *
     * @throws dev.clap4j.ClapException if it must be measured and cannot be saved
     */
    public Agreement of(Checkpoint checkpoint, OrtEngine engine) {
        Path file = file(checkpoint, engine);
        return read(file).orElseGet(() -> {
            Agreement measured = measure(checkpoint, engine);
            AtomicFiles.writeString(file, text(measured));
            return measured;
        });
    }

    private Path file(Checkpoint checkpoint, OrtEngine engine) {
        return folder.resolve(checkpoint.contentDigest() + "-" + engine.precision() + "-" + VERSION + ".json");
    }

    private static Agreement measure(Checkpoint checkpoint, OrtEngine engine) {
        try (ClipModel exact = ClipModel.of(checkpoint, engine.withPrecision(Precision.FP32), Overflow.TRUNCATE);
                ClipModel rounded = ClipModel.of(checkpoint, engine, Overflow.TRUNCATE)) {
            return Agreement.onDrawings(exact, rounded, Agreement.PROMPTS);
        }
    }

    /** Reads a cached agreement; a damaged file counts as missing. */
    private static Optional<Agreement> read(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(JSON.readValue(file.toFile(), Agreement.class))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String text(Agreement agreement) {
        try {
            return JSON.writeValueAsString(agreement);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record that JSON cannot express", e);
        }
    }
}
