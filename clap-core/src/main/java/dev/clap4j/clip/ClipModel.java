package dev.clap4j.clip;

import dev.clap4j.ClapException;
import dev.clap4j.checkpoint.Checkpoint;
import dev.clap4j.engine.Engine;
import dev.clap4j.onnx.OrtEngine;
import dev.clap4j.tokenizer.ClipTokenizer;
import dev.clap4j.tokenizer.Overflow;
import java.nio.file.Path;

/**
 * A CLIP model: a checkpoint and what runs it.
 *
 * <p>The halves are made ready when first used: who encodes only texts never pays for the image encoder. Owns native
 * memory until closed. Safe for several threads.
 *
 * <pre>{@code
 * try (ClipModel clip = ClipModel.load(Path.of("ViT-B-16"))) {
 *     FeatureMatrix texts = clip.texts().encode(List.of("a photo of a dog"));
 * }
 * }</pre>
 */
public final class ClipModel implements AutoCloseable {
    private final Checkpoint checkpoint;
    private final Engine engine;
    private final Overflow overflow;
    private ClipTextModel texts;
    private ClipImageModel images;

    private ClipModel(Checkpoint checkpoint, Engine engine, Overflow overflow) {
        this.checkpoint = checkpoint;
        this.engine = engine;
        this.overflow = overflow;
    }

    /**
     * Opens a checkpoint and runs it on ONNX Runtime; texts that are too long are an error.
     *
     * @param path a checkpoint's folder or file, in any layout that {@link Checkpoint} knows
     * @throws ClapException if it cannot be read as a CLIP model
     */
    public static ClipModel load(Path path) {
        return of(Checkpoint.open(path), OrtEngine.create(), Overflow.ERROR);
    }

    /**
     * A model of an open checkpoint.
     *
     * @param engine what runs its networks
     * @param overflow what happens to texts that are too long
     */
    public static ClipModel of(Checkpoint checkpoint, Engine engine, Overflow overflow) {
        return new ClipModel(checkpoint, engine, overflow);
    }

    /** Where the weights, the geometry and the fingerprint are. */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** What runs the networks. */
    public Engine engine() {
        return engine;
    }

    /** The dimension D of the features. */
    public int embedDim() {
        return checkpoint.architecture().embedDim();
    }

    /**
     * The text half.
     *
     * @throws ClapException if the checkpoint has no tokenizer, or one of another model
     */
    public synchronized ClipTextModel texts() {
        if (texts == null) {
            ClipTokenizer tokenizer = tokenizer(checkpoint);
            TextEncoder encoder = TextEncoder.create(checkpoint.architecture().text(), checkpoint.weights(), engine);
            texts = new ClipTextModel(tokenizer, encoder, checkpoint.endOfText()::position, overflow);
        }
        return texts;
    }

    /**
     * The tokenizer that lies beside a checkpoint's weights; whoever asks for it closes it.
     *
     * @throws ClapException if there is none, or one of another model
     */
    public static ClipTokenizer tokenizer(Checkpoint checkpoint) {
        int contextLength = checkpoint.architecture().text().contextLength();
        int vocabSize = checkpoint.architecture().text().vocabSize();
        ClipTokenizer tokenizer = ClipTokenizer.find(checkpoint.folder(), contextLength)
                .orElseThrow(() -> new ClapException("The model in " + checkpoint.folder()
                        + " has no tokenizer, and texts need one: put its tokenizer.json, its vocab.json and"
                        + " merges.txt, or OpenAI's bpe_simple_vocab_16e6.txt.gz beside the weights"));
        if (tokenizer.vocabSize() > vocabSize) {
            int found = tokenizer.vocabSize();
            tokenizer.close();
            throw new ClapException("The tokenizer in " + checkpoint.folder() + " has " + found
                    + " tokens, but the model knows " + vocabSize + ": it belongs to another model");
        }
        return tokenizer;
    }

    /** The image half. */
    public synchronized ClipImageModel images() {
        if (images == null) {
            images = ClipImageModel.create(checkpoint, engine);
        }
        return images;
    }

    @Override
    public synchronized void close() {
        if (texts != null) {
            texts.close();
            texts = null;
        }
        if (images != null) {
            images.close();
            images = null;
        }
    }
}
