package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.io.PickleWriter;

/** Archives whose pickle would run something, exhaust something, or is damaged. */
final class BadPickles {
    private static final String REFUSED =
            ", which tensors do not need; nothing was run. If you trust the file, load it in"
                    + " Python and save only model.state_dict(), best as safetensors";
    private static final String DAMAGED = "its pickle is damaged: an operation lacks its operand";

    private BadPickles() {}

    static void addTo(BadCheckpoints bad) {
        evil(bad);
        exhausting(bad);
        damaged(bad);
    }

    private static void evil(BadCheckpoints bad) {
        add(
                bad,
                "command by GLOBAL",
                new PickleWriter()
                        .global("os", "system")
                        .mark()
                        .text("touch owned")
                        .tuple()
                        .reduce(),
                "its pickle asks for os.system" + REFUSED);
        add(
                bad,
                "command by STACK_GLOBAL",
                new PickleWriter().text("posix").text("system").op(0x93),
                "its pickle asks for posix.system" + REFUSED);
        add(
                bad,
                "code hidden among tensors",
                new PickleWriter().emptyDict().mark().text("w").global("builtins", "eval"),
                "its pickle asks for builtins.eval" + REFUSED);
        add(
                bad,
                "pickle within a pickle",
                new PickleWriter().global("torch.storage", "_load_from_bytes"),
                "its pickle asks for torch.storage._load_from_bytes" + REFUSED);
        add(
                bad,
                "whole module",
                new PickleWriter().global("clip.model", "CLIP").emptyTuple().op(0x81),
                "its pickle asks for clip.model.CLIP" + REFUSED);
        add(
                bad,
                "name that would colour the terminal",
                new PickleWriter().global("os", "\u001b[31m" + "x".repeat(200)),
                "its pickle asks for os.?[31m" + "x".repeat(92) + "…" + REFUSED);
        add(
                bad,
                "class by INST",
                new PickleWriter().mark().op('i'),
                "its pickle has the operation 0x69 at byte 3, which PyTorch's files do not use");
        add(
                bad,
                "extension by EXT1",
                new PickleWriter().op(0x82, 1),
                "its pickle has the operation 0x82 at byte 2, which PyTorch's files do not use");
        add(
                bad,
                "call of a text",
                new PickleWriter().text("os.system").emptyTuple().reduce(),
                "its pickle calls something that cannot be called");
        add(
                bad,
                "tensor of nothing",
                new PickleWriter()
                        .global("torch._utils", "_rebuild_tensor_v2")
                        .emptyTuple()
                        .reduce(),
                "its pickle calls torch._utils._rebuild_tensor_v2 with arguments that do not fit");
        add(
                bad,
                "object of a storage's type",
                new PickleWriter().global("torch", "FloatStorage").emptyTuple().op(0x81),
                "its pickle asks for torch.FloatStorage" + REFUSED);
        add(
                bad,
                "storage of complex numbers",
                new PickleWriter().global("torch", "ComplexFloatStorage"),
                "its pickle asks for torch.ComplexFloatStorage" + REFUSED);
    }

    private static void exhausting(BadCheckpoints bad) {
        PickleWriter deep = new PickleWriter();
        for (int i = 0; i < 5_000; i++) {
            deep.mark();
        }
        add(bad, "deep nesting", deep, "its pickle nests values more than 1000 deep");
        add(
                bad,
                "text of absurd length",
                new PickleWriter().op32('X', -1),
                "its pickle announces 4294967295 bytes, but only 1 are left");
        add(
                bad,
                "bytes of absurd length",
                new PickleWriter().op(0x8e, 0, 0, 0, 0, 0, 0, 0, 0x40),
                "its pickle announces 4611686018427387904 bytes, but only 1 are left");
        add(bad, "integer of absurd length", new PickleWriter().op(0x8a, 255), "its pickle ends too early");
        add(
                bad,
                "module that holds itself",
                new PickleWriter()
                        .emptyDict()
                        .op('q', 0)
                        .text("again")
                        .op('h', 0)
                        .op('s'),
                "its modules are nested too deep or in a circle");
        PickleWriter bomb = new PickleWriter().emptyDict().op('q', 0);
        for (int level = 1; level <= 40; level++) {
            bomb.emptyDict()
                    .mark()
                    .text("a")
                    .op('h', level - 1)
                    .text("b")
                    .op('h', level - 1)
                    .setItems();
            bomb.op('q', level);
        }
        add(bad, "memo bomb", bomb, "its modules are nested too deep or in a circle");
        add(
                bad,
                "names that grow",
                new PickleWriter()
                        .emptyDict()
                        .text("k".repeat(400))
                        .emptyDict()
                        .text("k".repeat(100))
                        .op('N')
                        .op('s')
                        .op('s'),
                "it has a tensor whose name is longer than 500 characters");
        add(
                bad,
                "class of absurd name",
                new PickleWriter().global("m", "C".repeat(600)),
                "its pickle has a class whose name is longer than 512 characters");
        PickleWriter copies = new PickleWriter().op(']').mark();
        for (int i = 0; i < 2_000; i++) {
            copies.text("" + i).op('N', 0x86);
        }
        copies.op('e', 0x85, 'q', 0, '0');
        for (int i = 0; i < 2_000; i++) {
            copies.global("collections", "OrderedDict").op('h', 0).reduce();
        }
        add(bad, "copies of copies", copies, "its pickle fills the same values into more than 1000000 places");
        PickleWriter rebuilt = new PickleWriter().global("torch._tensor", "_rebuild_from_type_v2");
        rebuilt.op('q', 0).global("torch", "Tensor").op('q', 1, '0', '0').emptyTuple();
        for (int i = 0; i < 50_000; i++) {
            rebuilt.op('q', 2, '0', '(', 'h', 0, 'h', 1, 'h', 2, 'N', 't');
        }
        add(
                bad,
                "rebuilding what is rebuilt",
                rebuilt.op('q', 2, '0', 'h', 0, 'h', 2).reduce(),
                "its pickle calls torch._tensor._rebuild_from_type_v2 with arguments that do not fit");
        add(
                bad,
                "tensor of many dimensions",
                new PickleWriter()
                        .emptyDict()
                        .text("w")
                        .tensor("FloatStorage", "0", 8, 0, new long[65], new long[65])
                        .op('s'),
                "its pickle has a tensor of 65 dimensions, at most 64 are possible");
    }

    private static void damaged(BadCheckpoints bad) {
        add(bad, "pickle of nothing", new PickleWriter(), DAMAGED);
        add(bad, "memory that was never written", new PickleWriter().op('h', 7), DAMAGED);
        add(bad, "tuple that was never begun", new PickleWriter().tuple(), DAMAGED);
        add(
                bad,
                "value instead of tensors",
                new PickleWriter().integer(42),
                "it holds no named tensors; save model.state_dict()");
        add(
                bad,
                "protocol of the future",
                new PickleWriter().op(0x80, 6),
                "its pickle is of protocol 6; supported are protocols up to 5");
        add(
                bad,
                "dictionary with a list for a key",
                new PickleWriter().emptyDict().op(']').op('N').op('s'),
                "its pickle has a dictionary whose key is itself a list or a dictionary");
        add(
                bad,
                "state dict that is an object",
                new PickleWriter()
                        .emptyDict()
                        .text("state_dict")
                        .global("my.code", "StateDict")
                        .emptyTuple()
                        .op(0x81)
                        .op('s'),
                "its pickle asks for my.code.StateDict" + REFUSED);
        add(
                bad,
                "state of a number",
                new PickleWriter().integer(1).emptyDict().op('b'),
                "its pickle sets the state of an object without one");
        add(bad, "no tensors at all", new PickleWriter().emptyDict(), null);
    }

    private static void add(BadCheckpoints bad, String name, PickleWriter pickle, String message) {
        bad.add(
                name,
                BadArchives.pickle(pickle),
                message == null
                        ? "{}/model.pt is not a CLIP checkpoint: its tensors are none; expected the names of OpenAI or"
                                + " open_clip (visual.conv1.weight, token_embedding.weight, …) or of Hugging Face's"
                                + " CLIPModel (vision_model.*, text_model.*)"
                        : BadArchives.PREFIX + message);
    }
}
