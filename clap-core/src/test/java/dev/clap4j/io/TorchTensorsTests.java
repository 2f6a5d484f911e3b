package dev.clap4j.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchTensorsTests {
    private static final float[] STORED = {0, 1, 2, 3, 4, 5, 6, 7};

    @TempDir
    private Path temporary;

    @Test
    void aTransposedTensorIsPutInOrder() {
        TensorData tensor = single(new long[] {2, 3}, new long[] {1, 2}, 1);
        assertThat(tensor.shape()).containsExactly(2, 3);
        assertThat(tensor.toFloats()).containsExactly(1, 3, 5, 2, 4, 6);
    }

    @Test
    void aPartOfAStorageIsRead() {
        assertThat(single(new long[] {2, 2}, new long[] {2, 1}, 4).toFloats()).containsExactly(4, 5, 6, 7);
        assertThat(single(new long[] {2, 2}, new long[] {4, 1}, 0).toFloats()).containsExactly(0, 1, 4, 5);
        assertThat(single(new long[] {}, new long[] {}, 7).toFloats()).containsExactly(7);
        assertThat(single(new long[] {1, 3}, new long[] {99, 1}, 2).toFloats()).containsExactly(2, 3, 4);
        assertThat(single(new long[] {0, 3}, new long[] {3, 1}, 8).toFloats()).isEmpty();
    }

    private TensorData single(long[] shape, long[] strides, long offset) {
        PickleWriter pickle = new PickleWriter().emptyDict().mark().text("w");
        pickle.tensor("FloatStorage", "0", STORED.length, offset, shape, strides)
                .setItems();
        return open(pickle).get("w");
    }

    @Test
    void aTrainingCheckpointGivesItsStateDictWithoutTheWrappersNames() {
        PickleWriter pickle = new PickleWriter().emptyDict().mark();
        pickle.text("epoch").integer(3);
        pickle.text("optimizer").emptyDict().mark().integer(0);
        storedWhole(pickle).setItems();
        pickle.text("state_dict").emptyDict().mark().text("module.a.weight");
        storedWhole(pickle).text("module.b.weight");
        storedWhole(pickle).setItems();
        assertThat(open(pickle.setItems()).names()).containsExactly("a.weight", "b.weight");
    }

    @Test
    void aScriptedModulesAttributesAreJoinedByDots() {
        PickleWriter pickle =
                new PickleWriter().global("__torch__.clip", "CLIP").emptyTuple().op(0x81);
        pickle.emptyDict().mark().text("training").op(0x89).text("visual");
        pickle.global("__torch__.clip", "Tower")
                .emptyTuple()
                .op(0x81)
                .emptyDict()
                .mark()
                .text("proj");
        storedWhole(pickle).setItems().op('b').text("logit_scale");
        storedWhole(pickle).setItems().op('b');
        assertThat(open(pickle).names()).containsExactly("visual.proj", "logit_scale");
    }

    @Test
    void aParameterIsItsTensor() {
        PickleWriter pickle = new PickleWriter().emptyDict().mark().text("w");
        pickle.global("torch._utils", "_rebuild_parameter").mark();
        storedWhole(pickle)
                .op(0x88)
                .global("collections", "OrderedDict")
                .emptyTuple()
                .reduce();
        assertThat(open(pickle.tuple().reduce().setItems()).get("w").toFloats()).containsExactly(STORED);
    }

    private static PickleWriter storedWhole(PickleWriter pickle) {
        return pickle.tensor("FloatStorage", "0", STORED.length, 0, new long[] {8}, new long[] {1});
    }

    private TensorFile open(PickleWriter pickle) {
        ByteBuffer storage = ByteBuffer.allocate(4 * STORED.length).order(ByteOrder.LITTLE_ENDIAN);
        storage.asFloatBuffer().put(STORED);
        return TensorFile.open(TorchArchive.of(pickle.stop())
                .with("archive/data/0", storage.array())
                .write(temporary.resolve("model.pt")));
    }
}
