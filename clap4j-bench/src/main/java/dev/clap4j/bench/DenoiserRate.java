package dev.clap4j.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.clap4j.internal.diffusion.model.Condition;
import dev.clap4j.internal.diffusion.model.DiffusionModel;
import dev.clap4j.internal.diffusion.model.PipelineFolder;
import dev.clap4j.internal.diffusion.model.Prompt;
import dev.clap4j.internal.engine.MeteredEngine;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.onnx.OrtEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Measures a denoiser of Stable Diffusion 1.5's geometry against plain matrix products, and the memory of its pipeline.
 * Rates are given by processor time too, which other programs on the machine hardly change.
 *
 * <p>Arguments: the pipeline's folder, which is written if it is not there (2 GB); the number of rows, 2 with guidance;
 * the number of steps; the height and width of latents, 64 for pictures of 512 × 512.
 */
public final class DenoiserRate {
    private static final double GIGA = 1e9;

    private final MeteredEngine engine = new MeteredEngine(OrtEngine.create());

    private DenoiserRate() {}

    /** Runs the measurement. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        if (!Files.exists(folder)) {
            RandomPipeline.write(folder);
        }
        new DenoiserRate()
                .measure(
                        folder,
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3]));
    }

    private void measure(Path folder, int rows, int steps, int side) throws IOException {
        try (MatrixProduct product = new MatrixProduct(engine);
                DiffusionModel model = PipelineFolder.open(folder, engine)) {
            Condition condition = Condition.of(model.prompts()
                    .encode(Collections.nCopies(rows, Prompt.of("a photo of a dog")), 0)
                    .hidden());
            say("texts", "");
            model.prompts().unload();
            int channels = model.denoiser().channels();
            TensorData latents = TensorData.of(
                    "latents", Samples.gaussians(rows * channels * side * side, 1), rows, channels, side, side);
            for (int step = 0; step <= steps; step++) {
                Rate denoiser = time(() -> model.denoiser().predict(latents, new float[] {500}, condition));
                Rate matrices = time(product::run);
                // The first step includes loading the network.
                say("step " + step, denoiser.against(matrices));
            }
            model.denoiser().unload();
            say(
                    "decoding",
                    time(() -> model.autoencoder().decode(latents.rows(0, 1))).toString());
        }
    }

    private Rate time(Runnable work) {
        long multiplyAdds = engine.multiplyAdds();
        double processor = processorSeconds();
        long begin = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - begin) / GIGA;
        return new Rate(2.0 * (engine.multiplyAdds() - multiplyAdds) / GIGA, seconds, processorSeconds() - processor);
    }

    private static double processorSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / GIGA;
    }

    /**
     * The cost of a task.
     *
     * @param gigaflop its floating-point operations, in billions
     * @param seconds wall-clock time
     * @param processor time of all processors
     */
    private record Rate(double gigaflop, double seconds, double processor) {
        String against(Rate matrices) {
            return String.format(
                    Locale.ROOT,
                    "%s, %.0f %% of matrix products (%.0f %% by processor time)",
                    this,
                    100 * gigaflop / seconds / (matrices.gigaflop / matrices.seconds),
                    100 * gigaflop / processor / (matrices.gigaflop / matrices.processor));
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.0f GFLOP in %.1f s (%.1f s of processors), %.0f GFLOP/s",
                    gigaflop,
                    seconds,
                    processor,
                    gigaflop / seconds);
        }
    }

    private static void say(String what, String rate) throws IOException {
        String memory = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.matches("(VmHWM|RssAnon):.*"))
                .map(line -> line.replaceAll("\\s+", " "))
                .collect(Collectors.joining(", "));
        System.out.println(what + ": " + (rate.isEmpty() ? "" : rate + "; ") + memory);
    }
}
