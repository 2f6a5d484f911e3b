package dev.clap4j.internal.io;

import dev.clap4j.internal.io.PickleValues.Dict;
import dev.clap4j.internal.io.PickleValues.Global;
import dev.clap4j.internal.io.PickleValues.Opaque;
import dev.clap4j.internal.io.PickleValues.Tuple;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stack machine of Python's pickles, as far as PyTorch's files need it (protocols 2 to 5; opcodes as in Python's
 * {@code pickletools}).
 *
 * <p>It executes nothing: names in a pickle are passed to {@link Constructors}, which know a few of them and turn all
 * others into {@link Opaque} values. Every operation consumes at least one byte of input and makes at most one value,
 * lengths are checked against the remaining input before use, and nothing recurses; so time and memory are bounded by
 * the input's size.
 */
final class Pickle {
    private static final int MAX_OPERATIONS = 1_000_000;
    private static final int MAX_DEPTH = 1_000;
    private static final int NEWEST_PROTOCOL = 5;
    private static final int MAX_GLOBAL = 512;
    private static final Tuple EMPTY_TUPLE = new Tuple(new Object[0]);
    private static final Global SET = new Global("builtins", "set");

    /** Resolves the names that a pickle refers to. */
    interface Constructors {
        /** Returns the result of calling a named callable. */
        Object call(Object callable, List<Object> arguments);

        /** Creates an object of a class. */
        Object create(Object type, List<Object> arguments);

        /** Sets the state of an object. */
        void setState(Object target, Object state);

        /** Resolves a persistent id. */
        Object persistent(Object id);
    }

    private final PickleInput in;
    private final Constructors constructors;
    private final PickleMemo memo = new PickleMemo();
    private final Map<Global, Global> globals = new HashMap<>();
    private final Deque<List<Object>> outer = new ArrayDeque<>();
    private List<Object> stack = new ArrayList<>();

    private Pickle(ByteBuffer in, Constructors constructors) {
        this.in = new PickleInput(in);
        this.constructors = constructors;
    }

    /**
     * Reads one pickle.
     *
     * @param in positioned at its start, and afterwards just past its end
     * @throws MalformedFile if it is damaged or uses an unknown operation
     */
    static Object read(ByteBuffer in, Constructors constructors) {
        Pickle pickle = new Pickle(in, constructors);
        Object value = pickle.run();
        in.position(pickle.in.position());
        return value;
    }

    private Object run() {
        for (int operations = 0; operations < MAX_OPERATIONS; operations++) {
            int opcode = in.u1();
            if (opcode == '.') {
                return pop();
            }
            step(opcode);
        }
        throw new MalformedFile("its pickle has more than " + MAX_OPERATIONS + " operations");
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80 -> checkProtocol(in.u1()); // PROTO
            case 0x95 -> in.length8(); // FRAME: its length is only checked
            case '(' -> mark();
            case '0' -> pop(); // POP
            case '1' -> popToMark(); // POP_MARK
            case '2' -> push(peek()); // DUP
            case 'N' -> push(null);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) in.int32()); // BININT
            case 'K' -> push((long) in.u1()); // BININT1
            case 'M' -> push((long) in.u2()); // BININT2
            case 0x8a -> push(in.integer(in.u1())); // LONG1
            case 0x8b -> push(in.integer(in.length4())); // LONG4
            case 'G' -> push(in.bigEndianDouble()); // BINFLOAT
            case 'X' -> push(in.text(in.length4())); // BINUNICODE
            case 0x8c -> push(in.text(in.u1())); // SHORT_BINUNICODE
            case 0x8d -> push(in.text(in.length8())); // BINUNICODE8
            case 'T' -> push(in.text(in.length4())); // BINSTRING
            case 'U' -> push(in.text(in.u1())); // SHORT_BINSTRING
            case 'B' -> push(in.bytes(in.length4())); // BINBYTES
            case 'C' -> push(in.bytes(in.u1())); // SHORT_BINBYTES
            case 0x8e, 0x96 -> push(in.bytes(in.length8())); // BINBYTES8, BYTEARRAY8
            case ')' -> push(EMPTY_TUPLE);
            case 0x85 -> pushTuple(1);
            case 0x86 -> pushTuple(2);
            case 0x87 -> pushTuple(3);
            case 't' -> push(new Tuple(popToMark().toArray())); // TUPLE
            case ']' -> push(new ArrayList<>()); // EMPTY_LIST
            case 'l' -> push(popToMark()); // LIST
            case 'a' -> append(Collections.singletonList(pop())); // APPEND
            case 'e' -> append(popToMark()); // APPENDS
            case '}' -> push(new Dict()); // EMPTY_DICT
            case 'd' -> dict(popToMark()); // DICT
            case 's' -> setItem(); // SETITEM
            case 'u' -> setItems(popToMark()); // SETITEMS
            case 0x8f -> push(new Opaque(SET)); // EMPTY_SET
            case 0x90 -> addItems(); // ADDITEMS
            case 0x91 -> frozenSet(); // FROZENSET
            case 'c' -> push(global(in.line(), in.line())); // GLOBAL
            case 0x93 -> stackGlobal(); // STACK_GLOBAL
            case 'R' -> call(); // REDUCE
            case 0x81 -> create(); // NEWOBJ
            case 0x92 -> createWithNames(); // NEWOBJ_EX
            case 'b' -> setState(); // BUILD
            case 'Q' -> push(constructors.persistent(pop())); // BINPERSID
            case 'q' -> memo.put(in.u1(), peek()); // BINPUT
            case 'r' -> memo.put(in.int32(), peek()); // LONG_BINPUT
            case 0x94 -> memo.put(memo.size(), peek()); // MEMOIZE
            case 'h' -> push(memo.get(in.u1())); // BINGET
            case 'j' -> push(memo.get(in.int32())); // LONG_BINGET
            default ->
                throw new MalformedFile(String.format(
                        "its pickle has the operation 0x%02x at byte %d, which PyTorch's files do not use",
                        opcode, in.position() - 1));
        }
    }

    private static void checkProtocol(int protocol) {
        if (protocol > NEWEST_PROTOCOL) {
            throw new MalformedFile(
                    "its pickle is of protocol " + protocol + "; supported are protocols up to " + NEWEST_PROTOCOL);
        }
    }

    private void mark() {
        if (outer.size() == MAX_DEPTH) {
            throw new MalformedFile("its pickle nests values more than " + MAX_DEPTH + " deep");
        }
        outer.push(stack);
        stack = new ArrayList<>();
    }

    private List<Object> popToMark() {
        if (outer.isEmpty()) {
            throw damaged();
        }
        List<Object> items = stack;
        stack = outer.pop();
        return items;
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object pop() {
        if (stack.isEmpty()) {
            throw damaged();
        }
        return stack.remove(stack.size() - 1);
    }

    private Object peek() {
        if (stack.isEmpty()) {
            throw damaged();
        }
        return stack.get(stack.size() - 1);
    }

    private <T> T pop(Class<T> type) {
        return as(type, pop());
    }

    private static <T> T as(Class<T> type, Object value) {
        if (!type.isInstance(value)) {
            throw damaged();
        }
        return type.cast(value);
    }

    private void pushTuple(int count) {
        Object[] items = new Object[count];
        for (int i = count - 1; i >= 0; i--) {
            items[i] = pop();
        }
        push(new Tuple(items));
    }

    @SuppressWarnings("unchecked") // the lists are created here and hold any objects
    private void append(List<Object> items) {
        if (!(peek() instanceof Opaque)) {
            as(List.class, peek()).addAll(items);
        }
    }

    /** Drops the items of a set: sets hold no tensors, so only their presence matters. */
    private void addItems() {
        popToMark();
        as(Opaque.class, peek());
    }

    private void frozenSet() {
        popToMark();
        push(new Opaque(SET));
    }

    private void dict(List<Object> items) {
        push(new Dict());
        setItems(items);
    }

    private void setItem() {
        Object value = pop();
        Object key = pop();
        if (!(peek() instanceof Opaque)) {
            as(Dict.class, peek()).put(key, value);
        }
    }

    private void setItems(List<Object> items) {
        if (items.size() % 2 != 0) {
            throw damaged();
        }
        if (peek() instanceof Opaque) {
            return;
        }
        Dict dict = as(Dict.class, peek());
        for (int i = 0; i < items.size(); i += 2) {
            dict.put(items.get(i), items.get(i + 1));
        }
    }

    private void stackGlobal() {
        String name = pop(String.class);
        push(global(pop(String.class), name));
    }

    /** Interns names, which a pickle may repeat many times. */
    private Global global(String module, String name) {
        if (module.length() + name.length() > MAX_GLOBAL) {
            throw new MalformedFile("its pickle has a class whose name is longer than " + MAX_GLOBAL + " characters");
        }
        Global global = new Global(module, name);
        return globals.computeIfAbsent(global, same -> same);
    }

    private void call() {
        List<Object> arguments = pop(Tuple.class).items();
        push(constructors.call(pop(), arguments));
    }

    private void create() {
        List<Object> arguments = pop(Tuple.class).items();
        push(constructors.create(pop(), arguments));
    }

    private void createWithNames() {
        pop(Dict.class);
        create();
    }

    private void setState() {
        Object state = pop();
        constructors.setState(peek(), state);
    }

    static MalformedFile damaged() {
        return new MalformedFile("its pickle is damaged: an operation lacks its operand");
    }
}
