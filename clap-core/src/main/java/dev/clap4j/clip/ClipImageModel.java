package dev.clap4j.clip;

import dev.clap4j.checkpoint.Checkpoint;
import dev.clap4j.engine.Engine;

/** The image half of a CLIP model: from image files to features. Safe for several threads; owns native memory. */
public final class ClipImageModel implements AutoCloseable {
    private final ImageEncoder encoder;

    private ClipImageModel(ImageEncoder encoder) {
        this.encoder = encoder;
    }

    static ClipImageModel create(Checkpoint checkpoint, Engine engine) {
        return new ClipImageModel(
                ImageEncoder.create(checkpoint.architecture().vision(), checkpoint.weights(), engine));
    }

    /** The encoder, for images that are prepared already. */
    public ImageEncoder encoder() {
        return encoder;
    }

    /** The dimension D of the features. */
    public int embedDim() {
        return encoder.embedDim();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
