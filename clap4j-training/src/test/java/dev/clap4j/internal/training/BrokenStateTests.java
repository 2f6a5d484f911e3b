package dev.clap4j.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.RunStart;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.SealedTensors;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run's files as a crash, another version or a curious hand leaves them: refused or made again, never believed. */
class BrokenStateTests {
    private static final ClapOptions OPTIONS = FakeEncoder.options();

    @TempDir
    private Path folder;

    private Path run;
    private byte[] head;

    /** A run that was stopped behind its third interval, while texts of the fourth were encoded. */
    @BeforeEach
    void interrupt() throws IOException {
        Path whole = folder.resolve("whole");
        train(whole, RunStart.NEW, Integer.MAX_VALUE);
        head = Files.readAllBytes(whole.resolve("head.safetensors"));
        run = folder.resolve("run");
        assertThatThrownBy(() -> train(run, RunStart.NEW, 60)).isInstanceOf(StoppedException.class);
    }

    private static TrainingResult train(Path folder, RunStart start, int stopAt) {
        ToldProgress progress = ToldProgress.stopping(
                told -> told.done() >= stopAt && told.note().matches("encoding [1-9].*"));
        return new ClapTrainer(OPTIONS, new Backbone("fake", "f00d", "none"), new FakeEncoder())
                .train(folder, start, "", progress);
    }

    private void resume() {
        train(run, RunStart.RESUME, Integer.MAX_VALUE);
    }

    private Path state() {
        return run.resolve("checkpoint.safetensors");
    }

    private void refuses(String why) {
        assertThatThrownBy(this::resume)
                .isInstanceOf(ClapException.class)
                .hasMessageContaining(state() + " is no training state that can be resumed: ")
                .hasMessageContaining(why)
                .extracting(error -> ((ClapException) error).problem())
                .isEqualTo(Optional.of(Problem.RUN_IS_DAMAGED));
    }

    @Test
    void aWholeStateIsResumed() {
        resume();
        assertThat(run.resolve("head.safetensors")).hasBinaryContent(head);
    }

    @Test
    void noChangedBitOfAStateIsBelieved() throws IOException {
        byte[] whole = Files.readAllBytes(state());
        for (int place = 0; place < whole.length; place += 211) {
            byte[] flipped = whole.clone();
            flipped[place] ^= (byte) (1 << place % 8);
            Files.write(state(), flipped);
            refuses("");
        }
        for (int length : new int[] {0, 8, 100, whole.length - 4}) {
            Files.write(state(), Arrays.copyOf(whole, length));
            refuses("");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "steps, -60, steps is -60",
        "steps, 61, steps is 61",
        "steps, 1e300, steps is 1e300",
        "intervals, 0, intervals is 0",
        "intervals, -3, intervals is -3",
        "intervals, 2000000000, intervals is 2000000000",
        "intervals, NaN, intervals is \"NaN\"",
        "intervals, 1.5, intervals is 1.5",
        "intervals, '', intervals is \"\"",
        "failures, 3, failures is 3",
        "failures, -1, failures is -1",
        "head_step, 7, head_step is 7",
        "best_loss, NaN, best_loss is \"NaN\"",
        "best_loss, -Infinity, best_loss is -Infinity",
        "best_loss, x, best_loss is \"x\"",
        "format, another, its format is another",
    })
    void numbersThatNoRunWouldWriteAreRefused(String name, String value, String why) {
        SafetensorsFile saved = SealedTensors.open(state());
        Map<String, String> metadata = metadata(saved);
        metadata.put(name, value);
        SealedTensors.write(state(), metadata, tensors(saved));
        refuses(why);
    }

    @Test
    void tensorsThatDoNotFitAreRefused() {
        SafetensorsFile saved = SealedTensors.open(state());
        List<TensorData> tensors = tensors(saved);
        Map<String, String> metadata = metadata(saved);
        for (String name : List.of("linear.weight", "adam.mean.linear.weight", "adam.square.projection.weight")) {
            TensorData old = saved.get(name);
            replace(metadata, tensors, TensorData.of(name, new float[] {1}, 1));
            refuses(name + " is F32[1], where F32" + Arrays.toString(old.shape()) + " is expected");
            float[] values = old.toFloats();
            values[values.length - 1] = Float.NaN;
            replace(metadata, tensors, TensorData.of(name, values, old.shape()));
            refuses(name + " has the value NaN");
            replace(metadata, tensors, old.toF16());
            refuses(name + " is F16");
        }
        SealedTensors.write(state(), metadata, tensors.subList(1, tensors.size()));
        assertThatThrownBy(this::resume)
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("has no tensor " + tensors.get(0).name());
    }

    private void replace(Map<String, String> metadata, List<TensorData> tensors, TensorData other) {
        List<TensorData> changed = new ArrayList<>(tensors);
        changed.replaceAll(tensor -> tensor.name().equals(other.name()) ? other : tensor);
        SealedTensors.write(state(), metadata, changed);
    }

    private static Map<String, String> metadata(SafetensorsFile saved) {
        Map<String, String> metadata = new LinkedHashMap<>(saved.metadata());
        metadata.remove("checksum");
        return metadata;
    }

    private static List<TensorData> tensors(SafetensorsFile saved) {
        return saved.names().stream()
                .map(name -> {
                    TensorData mapped = saved.get(name);
                    return TensorData.of(name, mapped.toFloats(), mapped.shape());
                })
                .toList();
    }

    @Test
    void aHeadThatIsGoneIsMissed() throws IOException {
        Files.delete(run.resolve("head.safetensors"));
        assertThatThrownBy(this::resume)
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("The head of step ")
                .hasMessageEndingWith(" is gone: there is no file " + run.resolve("head.safetensors"));
    }

    @Test
    void damagedFeaturesAreEncodedAgain() throws IOException {
        List<Path> blocks;
        try (var files = Files.list(run.resolve("features"))) {
            blocks = files.sorted().toList();
        }
        assertThat(blocks).isNotEmpty();
        int kind = 0;
        for (Path block : blocks) {
            byte[] bytes = Files.readAllBytes(block);
            SafetensorsFile saved = SealedTensors.open(block);
            float[] values = saved.get("features").toFloats();
            switch (kind++ % 4) {
                case 0 -> {
                    bytes[bytes.length - 1] ^= 0x40;
                    Files.write(block, bytes);
                }
                case 1 -> Files.write(block, Arrays.copyOf(bytes, bytes.length / 2));
                case 2 ->
                    SealedTensors.write(block, Map.of(), List.of(TensorData.of("features", values, values.length)));
                default ->
                    SealedTensors.write(block, Map.of(), List.of(TensorData.of("others", values, values.length)));
            }
        }
        resume();
        assertThat(run.resolve("head.safetensors")).hasBinaryContent(head);
    }

    @Test
    void recordsOfARunThatAreNoneAreRefused() throws IOException {
        for (String text : List.of("", "null", "[]", "{", "{\"options\":1,\"options\":2}")) {
            Files.writeString(run.resolve("run.json"), text);
            assertThatThrownBy(this::resume)
                    .isInstanceOf(ClapException.class)
                    .hasMessageStartingWith(run.resolve("run.json").toString());
        }
        Files.writeString(run.resolve("run.json"), "{\"options\":null,\"model\":[]}");
        assertThatThrownBy(this::resume).isInstanceOf(ClapException.class).hasMessageContaining("was started with ");
    }
}
