package dev.clap4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clap4j.head.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory of a process that has loaded, used and closed models many times. */
@Tag("slow")
class LeakTests {
    private static final int TIMES = 1000;
    private static final int SAMPLES = 10;

    @TempDir
    private Path folder;

    /** Prints the resident megabytes as time goes on. */
    static final class Loading {
        public static void main(String[] arguments) throws IOException {
            Path model = Path.of(arguments[0]);
            Head head = TinyClip.head(1);
            Image image = Image.of(TinyClip.image(1));
            for (int i = 1; i <= TIMES; i++) {
                try (Clip clip = Clip.load(model);
                        Clip robust = clip.with(head)) {
                    clip.classifier("dog", "cat").classify(image);
                    robust.classifier("dog", "cat").classify(image);
                }
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
    void loadingAndClosingLeavesNothing() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "Only Linux tells the resident memory");
        ChildProcess.Result result = ChildProcess.java(
                        Loading.class, TinyClip.write(folder).toString())
                .withOptions("-Xmx64m")
                .run();
        assertThat(result.exitCode()).as("%s", result.err()).isZero();
        List<Long> curve = result.out().stream().map(Long::valueOf).toList();
        System.out.println("Resident MB after every " + TIMES / SAMPLES + " loads: " + curve);
        assertThat(curve).hasSize(SAMPLES);
        // The heap comes and goes; a leak stays in all later samples.
        long before = Collections.min(curve.subList(0, SAMPLES / 2));
        long after = Collections.min(curve.subList(SAMPLES / 2, SAMPLES));
        assertThat(after).as("resident MB: %s", curve).isLessThan(before + 40);
    }
}
