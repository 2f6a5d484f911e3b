package dev.clap4j.internal.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clap4j.ChildProcess;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the process holds when models have been opened, used and closed many times. */
class LeakTests {
    private static final int TIMES = 160;
    private static final int SAMPLES = 8;

    @TempDir
    private Path folder;

    /** Prints how many MB are resident as time goes on. */
    static final class Opening {
        public static void main(String[] arguments) throws IOException {
            Path model = Path.of(arguments[0]);
            TensorData pixels = TensorData.of("pixels", new float[4 * 3 * 32 * 32], 4, 3, 32, 32);
            TensorData tokens = TensorData.of("tokens", new long[] {512, 3, 513, 512, 4, 513}, 2, 3);
            for (int i = 1; i <= TIMES; i++) {
                ClipModel clip = ClipModel.load(model);
                PreparedInputs.encodePixels(clip, pixels);
                PreparedInputs.encodeTokens(clip, tokens);
                clip.close();
                if (i % (TIMES / SAMPLES) == 0) {
                    System.gc();
                    System.out.println(residentMegabytes());
                }
            }
        }

        private static long residentMegabytes() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .sum();
        }
    }

    /** A model of this size that is not closed keeps some MB. */
    @Test
    void openingAndClosingLeavesNothing() {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "Only Linux says what is resident");
        RandomCheckpoint.write("tiny", 1, Optional.empty(), folder);
        ChildProcess.Result result = ChildProcess.java(Opening.class, folder.toString())
                .withOptions("-Xmx64m")
                .run();
        assertThat(result.exitCode()).as("%s", result.err()).isZero();
        List<Long> curve = result.out().stream().map(Long::valueOf).toList();
        assertThat(curve).hasSize(SAMPLES);
        // The heap comes and goes; what is not given back stays in all samples after it.
        long before = Collections.min(curve.subList(0, SAMPLES / 2));
        long after = Collections.min(curve.subList(SAMPLES / 2, SAMPLES));
        assertThat(after).as("resident MB: %s", curve).isLessThan(before + 40);
    }
}
