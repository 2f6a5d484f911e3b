package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Logged;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
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

    @Test
    void aParameterKeepsItsTensorWhateverHangsOnIt() {
        PickleWriter pickle = new PickleWriter().emptyDict().mark().text("state");
        pickle.global("torch._utils", "_rebuild_parameter_with_state").mark();
        storedWhole(pickle).op(0x88).op(']').emptyDict().tuple().reduce().text("subclass");
        pickle.global("torch._tensor", "_rebuild_from_type_v2").mark();
        pickle.global("torch._utils", "_rebuild_tensor_v2").global("torch.nn.parameter", "Parameter");
        pickle.mark();
        storage(pickle, "FloatStorage")
                .integer(0)
                .integers(8)
                .integers(1)
                .op(0x89)
                .emptyDict()
                .tuple();
        pickle.emptyDict().tuple().reduce().text("object");
        pickle.global("torch.nn.parameter", "Parameter").mark();
        storedWhole(pickle).tuple().op(0x81).emptyDict().op('b');
        TensorFile file = open(pickle.setItems());
        assertThat(file.names()).containsExactly("state", "subclass", "object");
        file.names().forEach(name -> assertThat(file.get(name).toFloats()).containsExactly(STORED));
    }

    /** Newer element types have no storage class of their own. */
    @Test
    void anUntypedStorageIsReadInTheTypeThatIsNamed() {
        PickleWriter pickle = new PickleWriter().emptyDict().mark().text("w");
        pickle.global("torch._utils", "_rebuild_tensor_v3").mark();
        storage(pickle, "UntypedStorage", 32)
                .integer(0)
                .integers(2, 4)
                .integers(4, 1)
                .op(0x89)
                .emptyDict();
        pickle.global("torch", "float32").emptyDict().tuple().reduce();
        TensorData tensor = open(pickle.setItems()).get("w");
        assertThat(tensor.type()).isEqualTo(DataType.F32);
        assertThat(tensor.toFloats()).containsExactly(STORED);
    }

    @Test
    void whatTrainingCodePutsBesideTheWeightsDoesNotMatter() {
        PickleWriter pickle = new PickleWriter().emptyDict().mark();
        pickle.text("counter")
                .global("collections", "Counter")
                .emptyDict()
                .op(0x85)
                .reduce();
        pickle.text("device").global("torch", "device").text("cuda").op(0x85).reduce();
        pickle.text("type").global("torch", "float16");
        pickle.text("set").global("builtins", "set").op(']').op(0x85).reduce();
        pickle.text("new set").op(0x8f).mark().integer(1).op(0x90);
        pickle.text("frozen").mark().integer(1).op(0x91);
        pickle.text("bytes").op('C', 2, 7, 7);
        pickle.text("large").op(0x8a, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        pickle.text("options")
                .global("argparse", "Namespace")
                .emptyTuple()
                .op(0x81)
                .emptyDict()
                .op('b');
        pickle.text("names").global("m", "C").emptyTuple().emptyDict().op(0x92);
        pickle.text("deque")
                .global("collections", "deque")
                .emptyTuple()
                .reduce()
                .integer(1)
                .op('a');
        pickle.text("default").global("collections", "defaultdict").emptyTuple().reduce();
        pickle.integer(1).integer(2).op('s');
        pickle.text("chained")
                .global("builtins", "getattr")
                .emptyTuple()
                .reduce()
                .emptyTuple()
                .reduce();
        pickle.text("evil").global("os", "system").text("touch owned").op(0x85).reduce();
        pickle.op('N').op('N').emptyTuple().op('N'); // keys that are neither texts nor numbers
        pickle.text("state_dict").emptyDict().mark().text("w");
        storedWhole(pickle).setItems();
        assertThat(open(pickle.setItems()).names()).containsExactly("w");
    }

    @Test
    void aTensorThatOnlyPythonCanMakeIsNamed() {
        PickleWriter pickle = new PickleWriter().emptyDict().mark().text("w");
        storedWhole(pickle).text("q");
        pickle.global("torch._utils", "_rebuild_qtensor").emptyTuple().reduce().text("c");
        pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
        storage(pickle, "ComplexFloatStorage")
                .integer(0)
                .integers(8)
                .integers(1)
                .tuple()
                .reduce();
        TensorFile file = open(pickle.setItems());
        assertThat(file.names()).containsExactly("w");
        assertThat(file.unreadable())
                .isEqualTo(Map.of("q", "torch._utils._rebuild_qtensor", "c", "torch.ComplexFloatStorage"));
    }

    /** As Python 2 pickled them: the entries are given with the call. */
    @Test
    void oldOrderedDictionariesAreRead() {
        PickleWriter pickle = new PickleWriter()
                .global("collections", "OrderedDict")
                .op(']')
                .op(']')
                .text("w")
                .op('a');
        storedWhole(pickle).op('a').op('a').op(0x85).reduce();
        assertThat(open(pickle).get("w").toFloats()).containsExactly(STORED);
    }

    @Test
    void ofSeveralSetsOfWeightsTheFirstIsTakenAndItIsSaid() {
        PickleWriter pickle = new PickleWriter().emptyDict().mark();
        pickle.text("state_dict_ema").emptyDict().mark().text("averaged");
        storedWhole(pickle).setItems();
        pickle.text("model").text("ViT-B-32");
        pickle.text("state_dict").emptyDict().mark().text("trained");
        storedWhole(pickle).setItems();
        byte[] bytes = pickle.setItems().stop();
        String log = Logged.by(() -> assertThat(open(bytes).names()).containsExactly("trained"));
        assertThat(log).contains("model.pt: it holds several sets of weights; using state_dict, not state_dict_ema");
    }

    private TensorData single(long[] shape, long[] strides, long offset) {
        PickleWriter pickle = new PickleWriter().emptyDict().mark().text("w");
        pickle.tensor("FloatStorage", "0", STORED.length, offset, shape, strides)
                .setItems();
        return open(pickle).get("w");
    }

    private static PickleWriter storage(PickleWriter pickle, String type) {
        return storage(pickle, type, STORED.length);
    }

    private static PickleWriter storage(PickleWriter pickle, String type, int elements) {
        return pickle.mark()
                .text("storage")
                .global("torch", type)
                .text("0")
                .text("cpu")
                .integer(elements)
                .tuple()
                .op('Q');
    }

    @Test
    void aTrainingCheckpointGivesItsStateDict() {
        PickleWriter pickle = new PickleWriter().emptyDict().mark();
        pickle.text("epoch").integer(3);
        pickle.text("optimizer").emptyDict().mark().integer(0);
        storedWhole(pickle).setItems();
        pickle.text("state_dict").emptyDict().mark().text("module.a.weight");
        storedWhole(pickle).text("module.b.weight");
        storedWhole(pickle).setItems();
        assertThat(open(pickle.setItems()).names()).containsExactly("module.a.weight", "module.b.weight");
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
        return open(pickle.stop());
    }

    private TensorFile open(byte[] pickle) {
        ByteBuffer storage = ByteBuffer.allocate(4 * STORED.length).order(ByteOrder.LITTLE_ENDIAN);
        storage.asFloatBuffer().put(STORED);
        return TensorFile.open(
                TorchArchive.of(pickle).with("archive/data/0", storage.array()).write(temporary.resolve("model.pt")));
    }
}
