package dev.clap4j.internal.clip;

import dev.clap4j.ClapException;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.ClipTokenizer;
import dev.clap4j.internal.tokenizer.Overflow;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * A CLIP model: a checkpoint and what runs it.
 *
 * <p>The halves are made ready when first used: who encodes only texts never pays for the image encoder. Owns native
 * memory until closed. Safe for several threads, closing included: calls that are at work then end as if nothing had
 * happened, later ones are an {@link IllegalStateException}. The checkpoint's files may be replaced by others while it is
 * open, but must not be written.
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
    /** Each half has a lock of its own, so that both can be made ready at once. */
    private final Object textHalf = new Object();

    private final Object imageHalf = new Object();
    private final List<Thread> preparing = new CopyOnWriteArrayList<>();
    private final Lifetime life = new Lifetime("The model", this::free);
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
     * @throws IllegalStateException if the model is closed
     */
    public ClipTextModel texts() {
        return life.use(() -> {
            synchronized (textHalf) {
                if (texts == null) {
                    texts = readyTexts();
                }
                return texts;
            }
        });
    }

    private ClipTextModel readyTexts() {
        ClipTokenizer tokenizer = tokenizer(checkpoint);
        TextEncoder encoder = TextEncoder.create(checkpoint.architecture().text(), checkpoint.weights(), engine);
        return new ClipTextModel(checkpoint, tokenizer, encoder, overflow);
    }

    /**
     * The tokenizer that lies beside a checkpoint's weights, following the reference implementation of its layout.
     *
     * @throws ClapException if there is none, or one of another model
     */
    public static ClipTokenizer tokenizer(Checkpoint checkpoint) {
        int contextLength = checkpoint.architecture().text().contextLength();
        int vocabSize = checkpoint.architecture().text().vocabSize();
        ClipTokenizer tokenizer = ClipTokenizer.find(
                        checkpoint.folder(), contextLength, checkpoint.tokenizerReference())
                .orElseThrow(() -> new ClapException("The model in " + checkpoint.folder()
                        + " has no tokenizer, and texts need one: put its tokenizer.json, its vocab.json and"
                        + " merges.txt, or OpenAI's bpe_simple_vocab_16e6.txt.gz beside the weights"));
        if (tokenizer.vocabSize() > vocabSize) {
            throw new ClapException("The tokenizer in " + checkpoint.folder() + " has " + tokenizer.vocabSize()
                    + " tokens, but the model knows " + vocabSize + ": it belongs to another model");
        }
        return tokenizer;
    }

    /**
     * The image half.
     *
     * @throws IllegalStateException if the model is closed
     */
    public ClipImageModel images() {
        return life.use(() -> {
            synchronized (imageHalf) {
                if (images == null) {
                    images = ClipImageModel.create(checkpoint, engine);
                }
                return images;
            }
        });
    }

    /** Calls something for which the model has to stay open. */
    <R> R use(Supplier<R> call) {
        return life.use(call);
    }

    /**
     * Begins to make both halves ready, side by side, for those who are about to ask for them.
     *
     * @throws IllegalStateException if the model is closed
     */
    public void prepare() {
        List<Runnable> halves = List.of(() -> texts().prepare(), () -> images().prepare());
        life.run(() -> halves.forEach(half -> {
            Thread thread = new Thread(() -> attempt(half), "clip-prepare");
            thread.setDaemon(true);
            preparing.add(thread);
            thread.start();
        }));
    }

    private static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What goes wrong, a full memory too, does so again for whoever asks, who is told. */
    private static void attempt(Runnable half) {
        try {
            half.run();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return;
        }
    }

    private void free() {
        try {
            if (texts != null) {
                texts.close();
            }
        } finally {
            if (images != null) {
                images.close();
            }
        }
    }

    /** Closes the model; its memory is freed when the last of its calls has ended. */
    @Override
    public void close() {
        life.close();
        // The process may be about to end, and they are in native code.
        preparing.forEach(ClipModel::await);
    }
}
