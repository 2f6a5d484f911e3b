package dev.clap4j.internal.diffusion.model;

import dev.clap4j.ClapException;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.ClipTokenizer;
import dev.clap4j.internal.tokenizer.Overflow;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A text encoder as an ONNX file. It gives only the states that it was exported with. */
final class GraphTexts implements TextEncoder {
    private static final String IDS = "input_ids";
    private static final String LAST = "last_hidden_state";
    private static final String FEATURE = "text_embeds";
    private static final String LAYER = "hidden_states.";
    private static final int CLIP_LENGTH = 77;

    private final PartGraph graph;
    private final ClipTokenizer tokenizer;
    private final int length;
    private final Reading reading;

    private GraphTexts(PartGraph graph, ClipTokenizer tokenizer, int length, Reading reading) {
        this.graph = graph;
        this.tokenizer = tokenizer;
        this.length = length;
        this.reading = reading;
    }

    /**
     * Opens a text encoder and its tokenizer.
     *
     * @param suffix empty, or {@code _2} for the second pair of a pipeline
     * @throws ClapException if one is missing or invalid, or the network does not give what is read
     */
    static GraphTexts open(Path pipeline, String suffix, Reading reading, OrtEngine engine) {
        PartGraph graph = PartGraph.open(pipeline, "text_encoder" + suffix, engine)
                .requireRepeatable()
                .requireNoInputsBut(Set.of(IDS));
        Input ids = graph.find(IDS).orElseThrow(() -> graph.lacks(IDS));
        graph.require(ids, PartGraph.isIntegers(ids) && ids.shape().length == 2, "integers of 2 dimensions");
        long fixed = ids.shape()[1];
        int positions = fixed > 0 ? Math.toIntExact(fixed) : graph.configured("max_position_embeddings", CLIP_LENGTH);
        Path tokens = PartFolder.of(pipeline, "tokenizer" + suffix).path();
        int length = TextPart.length(tokens, positions);
        GraphTexts texts = new GraphTexts(graph, TextPart.tokenizer(tokens, length), length, reading);
        texts.needed(0);
        return texts;
    }

    /** Returns the output with the states, and that with the feature if it is read. */
    private Set<String> needed(int clipSkip) {
        if (reading == Reading.LAST) {
            if (clipSkip != 0) {
                throw new ClapException(graph.file() + " gives the states after its last layer only, so no layer can be"
                        + " skipped; use the model with weights in safetensors instead");
            }
            return Set.of(graph.output(LAST));
        }
        Set<String> names = new LinkedHashSet<>(Set.of(LAYER + layer(clipSkip)));
        if (reading == Reading.PENULTIMATE_AND_POOLED) {
            if (!graph.outputs().contains(FEATURE)) {
                throw new ClapException(graph.file() + " lacks the output " + FEATURE
                        + ", which Stable Diffusion XL takes; its outputs are " + String.join(", ", graph.outputs()));
            }
            names.add(FEATURE);
        }
        return names;
    }

    /** Returns the layer whose states are read: the last but one, or one before it. */
    private int layer(int clipSkip) {
        List<String> names = graph.outputs();
        int layers = 0;
        while (names.contains(LAYER + (layers + 1))) {
            layers++;
        }
        if (layers == 0) {
            throw new ClapException(graph.file() + " lacks the outputs " + LAYER + "1, " + LAYER
                    + "2, …, of which Stable Diffusion XL takes the last but one; export it with the states of all layers"
                    + " (output_hidden_states)");
        }
        int layer = layers - 1 - clipSkip;
        if (clipSkip < 0 || layer < 0 || !names.contains(LAYER + layer)) {
            throw new ClapException("The text encoder " + graph.file() + " gives the states of " + layers
                    + " layers, so " + clipSkip + " cannot be skipped");
        }
        return layer;
    }

    @Override
    public TextStates encode(List<String> texts, int clipSkip) {
        Set<String> needed = needed(clipSkip);
        long[] ids = Arrays.stream(
                        tokenizer.encodePadded(texts, Overflow.TRUNCATE).ids())
                .flatMapToInt(Arrays::stream)
                .asLongStream()
                .toArray();
        TensorData batch = TensorData.of(IDS, ids, texts.size(), length);
        boolean pooled = reading == Reading.PENULTIMATE_AND_POOLED;
        String states = needed.stream()
                .filter(name -> !name.equals(FEATURE))
                .findFirst()
                .orElseThrow();
        List<Map<String, TensorData>> rows = Batches.rows(batch).stream()
                .map(row -> graph.run(Map.of(IDS, row), needed))
                .toList();
        return new TextStates(
                Batches.concat(rows.stream()
                        .map(row -> graph.requireShape(row.get(states), 1, length, -1))
                        .toList()),
                pooled
                        ? Batches.concat(rows.stream()
                                .map(row -> graph.requireShape(row.get(FEATURE), 1, -1))
                                .toList())
                        : null);
    }

    @Override
    public boolean isCut(String text) {
        return tokenizer.overflows(text);
    }

    int length() {
        return length;
    }

    @Override
    public void unload() {
        graph.unload();
    }

    @Override
    public void close() {
        graph.close();
    }
}
