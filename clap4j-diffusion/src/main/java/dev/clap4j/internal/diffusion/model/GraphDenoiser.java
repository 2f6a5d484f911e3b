package dev.clap4j.internal.diffusion.model;

import dev.clap4j.ClapException;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A UNet as an ONNX file. */
final class GraphDenoiser implements Denoiser {
    private static final String SAMPLE = "sample";
    private static final String TIME = "timestep";
    private static final String TEXT = "encoder_hidden_states";
    private static final String POOLED = "text_embeds";
    private static final String SIZES = "time_ids";
    private static final String GUIDANCE = "timestep_cond";

    /** A picture and its guidance. */
    private static final int ROWS_AT_ONCE = 2;

    private final PartGraph graph;
    private final Input sample;
    private final Input time;
    private final int sampleSize;
    private final int guidanceDim;
    private final String output;

    /**
     * Creates a denoiser.
     *
     * @param kind the pipeline, which determines the conditions
     * @param usualSize the size of latents if neither the network nor its configuration says it
     * @throws ClapException if an input or output is missing or not as expected
     */
    GraphDenoiser(PartGraph graph, PipelineKind kind, int usualSize) {
        this.graph = graph.requireRepeatable().requireNoInputsBut(Set.of(SAMPLE, TIME, TEXT, POOLED, SIZES, GUIDANCE));
        this.sample = graph.floats(SAMPLE, 4).orElseThrow(() -> graph.lacks(SAMPLE));
        this.time = graph.find(TIME).orElseThrow(() -> graph.lacks(TIME));
        boolean isNumber = PartGraph.isFloats(time) || PartGraph.isIntegers(time);
        graph.require(time, isNumber && time.shape().length <= 1, "a number, or one for each sample");
        if (graph.floats(TEXT, 3).isEmpty()) {
            throw graph.lacks(TEXT);
        }
        boolean isLarge = kind == PipelineKind.STABLE_DIFFUSION_XL;
        for (String name : List.of(POOLED, SIZES)) {
            Optional<Input> added = graph.floats(name, 2);
            if (isLarge && added.isEmpty()) {
                throw graph.lacks(name);
            }
            added.ifPresent(input -> graph.require(input, isLarge, "no such input for a " + kind.className()));
        }
        Optional<Input> guidance = graph.floats(GUIDANCE, 2);
        if (kind == PipelineKind.LATENT_CONSISTENCY && guidance.isEmpty()) {
            throw graph.lacks(GUIDANCE);
        }
        this.guidanceDim = guidance.map(this::guidanceDim).orElse(0);
        boolean isSquare = sample.shape()[2] > 0 && sample.shape()[2] == sample.shape()[3];
        this.sampleSize = isSquare
                ? Math.toIntExact(sample.shape()[2])
                : graph.config()
                        .map(section -> section.side("sample_size", usualSize))
                        .orElse(usualSize);
        this.output = graph.output("out_sample");
    }

    private int guidanceDim(Input guidance) {
        int dim = guidance.shape()[1] > 0
                ? Math.toIntExact(guidance.shape()[1])
                : graph.configured("time_cond_proj_dim", 0);
        if (dim == 0) {
            throw new ClapException(
                    graph.file() + " takes " + GUIDANCE + " of any dimension; a config.json beside it with"
                            + " time_cond_proj_dim must say which one it is");
        }
        return dim;
    }

    @Override
    public TensorData predict(TensorData latents, float[] timesteps, Condition condition) {
        int rows = Math.toIntExact(latents.shape()[0]);
        float[] times = new float[rows];
        for (int i = 0; i < rows; i++) {
            times[i] = timesteps[timesteps.length == 1 ? 0 : i];
        }
        requireWhole(times);
        List<String> names = new ArrayList<>(List.of(SAMPLE, TIME, TEXT));
        List<TensorData> values =
                new ArrayList<>(List.of(latents, TensorData.of(TIME, times, rows), condition.hidden()));
        add(POOLED, condition.pooled(), names, values);
        add(SIZES, condition.timeIds(), names, values);
        add(GUIDANCE, condition.guidance(), names, values);
        return Batches.map(rowsAtOnce(times), part -> run(names, part), values.toArray(TensorData[]::new));
    }

    private void add(String name, TensorData value, List<String> names, List<TensorData> values) {
        if (graph.find(name).isPresent() != (value != null)) {
            throw new IllegalArgumentException(
                    "The denoiser takes " + (value == null ? name + ", but there are none" : "no " + name));
        }
        if (value != null) {
            names.add(name);
            values.add(value);
        }
    }

    /** Networks with one time step for all samples, or made for one sample, take samples with several one by one. */
    private int rowsAtOnce(float[] times) {
        boolean onlyOneTime = time.shape().length == 0 || time.shape()[0] == 1;
        boolean differ = Arrays.stream(boxed(times)).distinct().count() > 1;
        return sample.shape()[0] == 1 || (onlyOneTime && differ) ? 1 : ROWS_AT_ONCE;
    }

    private static double[] boxed(float[] times) {
        double[] values = new double[times.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = times[i];
        }
        return values;
    }

    private void requireWhole(float[] times) {
        for (float value : times) {
            if (PartGraph.isIntegers(time) && value != Math.rint(value)) {
                throw new ClapException(
                        graph.file() + " takes whole time steps, but the scheduler's are fractions such as " + value
                                + "; choose a scheduler with whole ones, for instance ddim");
            }
        }
    }

    private TensorData run(List<String> names, TensorData... values) {
        Map<String, TensorData> inputs = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            inputs.put(names.get(i), values[i]);
        }
        inputs.put(TIME, time(inputs.get(TIME)));
        return graph.requireShape(graph.run(inputs, output), inputs.get(SAMPLE).shape());
    }

    /** Returns time steps in the type and shape that the network takes. */
    private TensorData time(TensorData times) {
        float[] values = times.toFloats();
        boolean isOne = time.shape().length == 0 || time.shape()[0] == 1;
        float[] needed = isOne ? Arrays.copyOf(values, 1) : values;
        long[] shape = time.shape().length == 0 ? new long[0] : new long[] {needed.length};
        if (PartGraph.isFloats(time)) {
            return TensorData.of(TIME, needed, shape);
        }
        long[] whole = new long[needed.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (long) needed[i];
        }
        return TensorData.of(TIME, whole, shape);
    }

    @Override
    public int channels() {
        return sample.shape()[1] > 0 ? Math.toIntExact(sample.shape()[1]) : graph.configured("in_channels", 4);
    }

    @Override
    public int sampleSize() {
        return sampleSize;
    }

    @Override
    public int guidanceDim() {
        return guidanceDim;
    }

    @Override
    public int timeIds() {
        return graph.find(SIZES).isPresent() ? PipelineFolder.SIZES : 0;
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
