package dev.clap4j.internal.clip;

import dev.clap4j.ClapException;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.EndOfText;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.nn.Padding;
import dev.clap4j.internal.nn.TextTower;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.ClipTokenizer;
import dev.clap4j.internal.tokenizer.Overflow;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * A CLIP model: a checkpoint and the engine that runs it.
 *
 * <p>The two halves are loaded on first use, so encoding only texts does not load the image encoder. Owns native memory
 * until closed. Thread-safe, including {@link #close}: calls in flight finish normally, later ones throw
 * {@link IllegalStateException}. While the model is open, the checkpoint's files may be replaced by others, but must
 * not be written to.
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
    /** The lock of the text half, separate from that of the image half so that both can be loaded at once. */
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
     * @param path a checkpoint's folder or file, in any layout that {@link Checkpoint} supports
     * @throws ClapException if it cannot be read as a CLIP model
     */
    public static ClipModel load(Path path) {
        return of(Checkpoint.open(path), OrtEngine.create(), Overflow.ERROR);
    }

    /**
     * Creates a model from an open checkpoint.
     *
     * @param engine the engine that runs its networks
     * @param overflow how to handle texts that are too long
     */
    public static ClipModel of(Checkpoint checkpoint, Engine engine, Overflow overflow) {
        return new ClipModel(checkpoint, engine, overflow);
    }

    /** Returns the checkpoint, with the weights, architecture and fingerprint. */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Returns the engine that runs the networks. */
    public Engine engine() {
        return engine;
    }

    /** Returns the dimension D of the features. */
    public int embedDim() {
        return checkpoint.architecture().embedDim();
    }

    /**
     * Returns the text half, which is loaded on first use.
     *
     * @throws ClapException if the checkpoint has no tokenizer, or that of another model
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
        TextEncoder encoder = TextEncoder.create(tower(tokenizer), checkpoint.weights(), engine);
        return new ClipTextModel(checkpoint, tokenizer, encoder, overflow);
    }

    /** Returns the text tower with its tokenizer's padding where that is seen; configurations often name another. */
    private TextTower tower(ClipTokenizer tokenizer) {
        TextTower tower = checkpoint.architecture().text();
        if (tower instanceof TextTransformer transformer && tower.padding().effect() == Padding.Effect.SEEN) {
            return tokenizer
                    .padding()
                    .map(padding -> transformer.withPadding(padding.id(), padding.last()))
                    .orElse(transformer);
        }
        return tower;
    }

    /**
     * Returns the tokenizer in a checkpoint's folder, configured like the reference implementation of its layout.
     *
     * @throws ClapException if there is none, or it belongs to another model
     */
    public static ClipTokenizer tokenizer(Checkpoint checkpoint) {
        int contextLength = checkpoint.architecture().text().contextLength();
        int vocabSize = checkpoint.architecture().text().vocabSize();
        ClipTokenizer tokenizer = ClipTokenizer.find(
                        checkpoint.folder(), contextLength, checkpoint.tokenizerReference())
                .orElseThrow(() -> new ClapException("The model in " + checkpoint.folder()
                        + " has no tokenizer, and texts need one: put its tokenizer.json, its vocab.json and"
                        + " merges.txt, or OpenAI's bpe_simple_vocab_16e6.txt.gz beside the weights"));
        boolean readAtEnd = checkpoint.endOfText().rule() != EndOfText.Rule.BEFORE_PADDING;
        if (readAtEnd && !tokenizer.hasStartAndEnd()) {
            throw new ClapException("The tokenizer in " + checkpoint.folder() + " puts no start token or no end token"
                    + " around a text; CLIP's text encoder needs both");
        }
        if (tokenizer.vocabSize() > vocabSize) {
            throw new ClapException("The tokenizer in " + checkpoint.folder() + " has " + tokenizer.vocabSize()
                    + " tokens, but the model knows " + vocabSize + ": it belongs to another model");
        }
        return tokenizer;
    }

    /**
     * Returns the image half, which is loaded on first use.
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

    /** Makes a call, and keeps the model open until it returns. */
    <R> R use(Supplier<R> call) {
        return life.use(call);
    }

    /**
     * Starts loading and warming up both halves in the background.
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

    /** Runs the warm-up of a half. Errors are ignored, since they recur on first use and are reported then. */
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

    /** Closes the model; its memory is freed when the last call in flight has ended. */
    @Override
    public void close() {
        life.close();
        // Wait for threads still in native code, since the process may be about to exit.
        preparing.forEach(ClipModel::await);
    }
}
