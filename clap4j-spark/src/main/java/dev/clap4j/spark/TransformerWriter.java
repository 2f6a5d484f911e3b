package dev.clap4j.spark;

import dev.clap4j.internal.spark.HadoopFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/** Saves a transformer in Spark's format: its parameters, and the head beside them. The model is saved by name only. */
final class TransformerWriter extends MLWriter {
    private static final String HEAD = "/head.safetensors";

    private final ClapTransformer<?> transformer;
    private final Optional<byte[]> head;

    TransformerWriter(ClapTransformer<?> transformer, Optional<byte[]> head) {
        this.transformer = transformer;
        this.head = head;
    }

    @Override
    public void saveImpl(String path) {
        DefaultParamsWriter.saveMetadata(transformer, path, sparkSession(), Option.empty(), Option.empty());
        try {
            if (head.isPresent()) {
                HadoopFiles.write(path + HEAD, head.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a loaded transformer with the head that was saved with it, if any. */
    static <T extends ClapTransformer<T>> T withSavedHead(T loaded, String path) {
        return HadoopFiles.exists(path + HEAD) ? loaded.withHead(path + HEAD) : loaded;
    }
}
