package dev.clap4j.internal.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.clap4j.Device;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A network on ONNX Runtime. On the processor, all threads work together on a small batch; a large one is split into
 * parts that run in parallel on one thread each, so that threads do not wait for each other after every operator. Other
 * devices run a batch as a whole.
 *
 * <p>Owns its sessions, one per thread count, created on first use, and the weights passed to them.
 */
final class OrtNetwork implements CompiledNetwork {
    /** Smaller parts would read all weights for too little work. */
    private static final int LEAST_ROWS_OF_PART = 2;

    /**
     * With more bytes of 16-bit weights, a copy of them in 32 bits would need too much memory, and loading it even twice
     * as much. Then every run converts each of them when it is needed, which takes a small part of its time.
     */
    private static final long MOST_HALVES = 1L << 30;

    private final byte[] model;
    private final List<Input> inputs;
    private final Device device;
    private final int threads;
    private final Workload workload;
    /** The runtime may read these as long as a session exists. */
    private final Map<String, OnnxTensorLike> weights = new HashMap<>();

    /** Weights that are given to every run. */
    private final Map<String, OnnxTensorLike> fed = new HashMap<>();

    private final Map<Integer, OrtSession> sessions = new HashMap<>();
    private final Lifetime life = new Lifetime("The network", this::free);

    /**
     * Creates a network that is not started yet.
     *
     * @param inputs as the graph declares them
     * @param threads number of threads, including the caller's
     */
    OrtNetwork(OnnxGraph graph, List<Input> inputs, Device device, int threads, Workload workload) {
        // Other devices get each weight once.
        this(graph, inputs, device, threads, workload, device.equals(Device.cpu()) ? MOST_HALVES : Long.MAX_VALUE);
    }

    /** As above, with another limit on the bytes of 16-bit weights that are converted once. */
    OrtNetwork(OnnxGraph graph, List<Input> inputs, Device device, int threads, Workload workload, long mostHalves) {
        this.inputs = inputs;
        this.device = device;
        this.threads = threads;
        this.workload = workload;
        Map<String, TensorData> external = graph.externalWeights();
        Set<String> halves = halves(external, mostHalves);
        this.model = graph.model(halves).toByteArray();
        OrtEnvironment environment = OrtRuntime.environment();
        try {
            for (var weight : external.entrySet()) {
                (halves.contains(weight.getKey()) ? fed : weights)
                        .put(weight.getKey(), OrtOptions.tensor(environment, weight.getValue()));
            }
        } catch (OrtException | RuntimeException e) {
            free();
            throw new IllegalStateException("ONNX Runtime refused a weight: " + e.getMessage(), e);
        }
    }

    /** Returns the names of the 16-bit weights; none if together they are within the limit. */
    private static Set<String> halves(Map<String, TensorData> external, long most) {
        Set<String> names = external.entrySet().stream()
                .filter(weight -> weight.getValue().type() == DataType.F16)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        long bytes = names.stream()
                .mapToLong(name -> external.get(name).bytes().remaining())
                .sum();
        return bytes > most ? names : Set.of();
    }

    /** Returns the session with a number of threads per run. */
    private synchronized OrtSession session(int runThreads) {
        return sessions.computeIfAbsent(runThreads, this::start);
    }

    private OrtSession start(int runThreads) {
        try (OrtSession.SessionOptions options = OrtOptions.of(device, runThreads)) {
            if (!workload.spendsMemory()) {
                options.setMemoryPatternOptimization(false);
                options.addConfigEntry("session.disable_prepacking", "1");
            }
            if (!weights.isEmpty()) {
                options.addExternalInitializers(weights);
            }
            return OrtRuntime.environment().createSession(model, options);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refused the graph: " + e.getMessage(), e);
        }
    }

    @Override
    public void prepare() {
        life.run(() -> session(threads));
    }

    @Override
    public TensorData run(TensorData... values) {
        Input.check(inputs, values);
        return life.use(() -> runAll(values));
    }

    private TensorData runAll(TensorData... values) {
        long rows = IntStream.range(0, values.length)
                .filter(this::isBatch)
                .mapToLong(i -> values[i].shape()[0])
                .findFirst()
                .orElse(1);
        if (!device.equals(Device.cpu()) || rows < (long) LEAST_ROWS_OF_PART * threads) {
            return run(session(threads), values);
        }
        OrtSession single = session(1);
        int parts = parts(rows, values);
        return BatchParts.run(threads, parts, part -> {
            long first = rows * part / parts;
            return run(single, rows(values, first, rows * (part + 1) / parts - first));
        });
    }

    /** Returns the number of parts, the same for each thread. */
    private int parts(long rows, TensorData[] values) {
        long largest = IntStream.range(0, values.length)
                .filter(this::isBatch)
                .mapToLong(i -> values[i].elements())
                .max()
                .orElse(0);
        return threads
                * (int) Math.max(1, Math.min(rows / threads, ceilDiv(largest, workload.largestPart() * threads)));
    }

    private static long ceilDiv(long x, long y) {
        return (x + y - 1) / y;
    }

    private boolean isBatch(int input) {
        return inputs.get(input).isBatch();
    }

    private TensorData[] rows(TensorData[] values, long first, long count) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> isBatch(i) ? values[i].rows(first, count) : values[i])
                .toArray(TensorData[]::new);
    }

    private TensorData run(OrtSession session, TensorData[] values) {
        OrtEnvironment environment = OrtRuntime.environment();
        Map<String, OnnxTensor> byName = new HashMap<>();
        try {
            for (int i = 0; i < values.length; i++) {
                byName.put(inputs.get(i).name(), OrtOptions.tensor(environment, values[i]));
            }
            Map<String, OnnxTensorLike> all = new HashMap<>(fed);
            all.putAll(byName);
            try (OrtSession.Result result = session.run(all)) {
                OnnxTensor output = (OnnxTensor) result.get(0);
                ByteBuffer bytes = TensorData.allocate(output.getInfo().getNumElements() * 4);
                bytes.put(output.getByteBuffer()).flip();
                return new TensorData(
                        OrtEngine.OUTPUT, DataType.F32, output.getInfo().getShape(), bytes);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
        } finally {
            byName.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        life.close();
    }

    private void free() {
        try {
            for (OrtSession session : sessions.values()) {
                session.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not close: " + e.getMessage(), e);
        } finally {
            Stream.of(weights, fed)
                    .flatMap(tensors -> tensors.values().stream())
                    .forEach(weight -> ((OnnxTensor) weight).close());
        }
    }
}
