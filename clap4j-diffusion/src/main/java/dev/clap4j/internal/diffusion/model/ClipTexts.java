package dev.clap4j.internal.diffusion.model;

import dev.clap4j.ClapException;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.tokenizer.Overflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One of CLIP's text encoders as diffusion models use it: the states of all tokens, padding included.
 *
 * <p>One run computes the states after every layer, since prompts with and without skipped layers go together.
 */
final class ClipTexts implements TextEncoder {
    private final TextPart part;
    private final Reading reading;
    private final OnDemand<CompiledNetwork> network;

    ClipTexts(TextPart part, Reading reading, Engine engine) {
        this.part = part;
        this.reading = reading;
        this.network = new OnDemand<>(() -> compile(engine), CompiledNetwork::close);
    }

    private TextTransformer transformer() {
        return part.checkpoint().network();
    }

    private CompiledNetwork compile(Engine engine) {
        List<Input> inputs = new ArrayList<>(List.of(new Input("ids", DataType.I64, -1, part.length())));
        if (isPooled()) {
            inputs.add(new Input("ends", DataType.I64, -1));
        }
        return engine.compile(this::all, inputs, part.checkpoint().weights());
    }

    /** Returns the states of every layer, one after the other, then the feature, {@code [b, n]}. */
    private <T> T all(TensorOps<T> ops, Weights<T> w, List<T> idsAndEnds) {
        TextTransformer clip = transformer();
        T embedded = ops.rows(w.get("token_embedding.weight"), idsAndEnds.get(0));
        List<T> states = clip.states(ops, w, embedded);
        Stream<T> read = reading == Reading.LAST
                ? states.stream().map(state -> clip.normalised(ops, w, state))
                : states.stream();
        List<T> flat =
                new ArrayList<>(read.map(state -> ops.reshape(state, 0, -1)).toList());
        if (isPooled()) {
            flat.add(clip.features(ops, w, states.get(states.size() - 1), idsAndEnds.get(1)));
        }
        return ops.concat(1, flat);
    }

    @Override
    public TextStates encode(List<String> texts, int clipSkip) {
        int layer = transformer().layers() - clipSkip - (reading == Reading.LAST ? 0 : 1);
        if (layer < 0 || clipSkip < 0) {
            throw new ClapException("The text encoder has " + transformer().layers() + " layers, so " + clipSkip
                    + " cannot be skipped");
        }
        TensorData all = Batches.map(
                1,
                inputs -> network.use(compiled -> compiled.run(inputs)),
                inputs(part.tokenizer().encodePadded(texts, Overflow.TRUNCATE).ids()));
        long width = transformer().width();
        long size = part.length() * width;
        TensorData hidden = Batches.slice(all, layer * size, size).reshape(texts.size(), part.length(), width);
        long before = (transformer().layers() + 1) * size;
        return new TextStates(
                hidden, isPooled() ? Batches.slice(all, before, transformer().embedDim()) : null);
    }

    private TensorData[] inputs(int[][] texts) {
        long[] ids =
                Arrays.stream(texts).flatMapToInt(Arrays::stream).asLongStream().toArray();
        TensorData batch = TensorData.of("ids", ids, texts.length, part.length());
        if (!isPooled()) {
            return new TensorData[] {batch};
        }
        long[] ends = Arrays.stream(texts)
                .mapToLong(text -> part.checkpoint().endOfText().position(text))
                .toArray();
        return new TensorData[] {batch, TensorData.of("ends", ends, ends.length)};
    }

    private boolean isPooled() {
        return reading == Reading.PENULTIMATE_AND_POOLED;
    }

    @Override
    public boolean isCut(String text) {
        return part.tokenizer().overflows(text);
    }

    @Override
    public void unload() {
        network.unload();
    }

    @Override
    public void close() {
        network.close();
    }
}
