package dev.clap4j.internal.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.ChildProcess;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.io.TensorData;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A process may end while threads encode: ONNX Runtime's binding then closes what they use. */
@Tag("slow")
class ExitTests {
    @TempDir
    private Path folder;

    /** Opens and uses models on many threads, and ends in the midst of it. */
    static final class Leaving {
        public static void main(String[] arguments) throws InterruptedException {
            Path model = Path.of(arguments[0]);
            TensorData pixels = TensorData.of("pixels", new float[16 * 3 * 32 * 32], 16, 3, 32, 32);
            for (int i = 0; i < 8; i++) {
                Thread thread = new Thread(() -> {
                    while (true) {
                        try (ClipModel clip = ClipModel.load(model)) {
                            PreparedInputs.encodePixels(clip, pixels);
                        }
                    }
                });
                thread.setDaemon(true);
                thread.start();
            }
            Thread.sleep(Long.parseLong(arguments[1]));
            System.exit(3);
        }
    }

    @RepeatedTest(5)
    void threadsThatEncodeDoNotHinderIt(RepetitionInfo repetition) {
        RandomCheckpoint.write("tiny", 1, Optional.empty(), folder);
        String millis = String.valueOf(800 + 100 * repetition.getCurrentRepetition());
        ChildProcess.Result result =
                ChildProcess.java(Leaving.class, folder.toString(), millis).run();
        assertThat(result.exitCode()).as("%s", result.out()).isEqualTo(3);
    }
}
