package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Faults;
import dev.clap4j.head.Head;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.TensorFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files of models as a crash, another version or a curious hand left them. */
class BrokenStateTests {
    @Test
    void aNameWithHalfACharacter() {
        Path file = Faults.file("broken-state/sur.index.json");
        refused(
                () -> TensorFile.open(file),
                "Cannot read " + file
                        + " as an index of shards: it puts tensor a into \"x\\ud800y\", which is no file of"
                        + " its folder");
    }

    @Test
    void aNameThatSteersTheTerminal() {
        Path file = Faults.file("broken-state/hdr_esc.safetensors");
        refused(
                () -> TensorFile.open(file),
                "Cannot read " + file + " as safetensors: tensor \\u001b]0;pwned\\u0007\\u001b[31mRED has 4 bytes, but"
                        + " F32[3] takes 12");
    }

    @Test
    void aHeadWithoutHyperparameters() {
        Path file = Faults.file("broken-state/hyper-null.safetensors");
        refused(
                () -> Head.load(file),
                "Cannot use the head " + file + ": in its metadata, hyperparameters is null, but should be an object of"
                        + " texts");
    }

    @Test
    void anImpossibleDeviation() {
        Path file = Faults.file("broken-state/std-1e-60.json");
        refused(
                () -> Preprocessing.load(file, 8),
                "Cannot preprocess images as " + file
                        + " says: it asks for std [1.0E-60,0.26130258,0.27577711]; a number for each of three"
                        + " colours was expected");
    }

    @Test
    void aMeanThatIsNoList() {
        Path file = Faults.file("broken-state/mean-object.json");
        refused(
                () -> Preprocessing.load(file, 8),
                "Cannot preprocess images as " + file
                        + " says: it asks for mean {\"a\":1,\"b\":2,\"c\":3}; a number for each of three"
                        + " colours was expected");
    }

    private static void refused(Runnable reading, String message) {
        assertThatThrownBy(reading::run).isInstanceOf(ClapException.class).hasMessage(message);
    }
}
