package dev.clap4j.io;

import dev.clap4j.io.PickleValues.Dict;
import dev.clap4j.io.PickleValues.Global;
import dev.clap4j.io.PickleValues.Tuple;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stack machine of Python's pickles, as far as PyTorch's files need it (protocols 2 to 5; opcodes as Python's
 * {@code pickletools} describes them).
 *
 * <p>It executes nothing: what a pickle names is shown to {@link Constructors}, which know a handful of names and refuse
 * all others. Every operation takes at least a byte of the input and makes at most one value, no length is believed
 * before it is compared with what is left, and nothing recurses; so memory and time are bounded by the input's size.
 */
final class Pickle {
    private static final int MAX_OPERATIONS = 4_000_000;
    private static final int MAX_DEPTH = 1_000;
    private static final int NEWEST_PROTOCOL = 5;

    /** What a pickle may ask for by name. */
    interface Constructors {
        /** Admits a name, or refuses it. */
        Object global(Global global);

        /** The result of calling what a name stands for. */
        Object call(Object callable, List<Object> arguments);

        /** A new object of a class. */
        Object create(Object type, List<Object> arguments);

        /** Gives an object its state. */
        void setState(Object target, Object state);

        /** What an identifier outside the pickle stands for. */
        Object persistent(Object id);
    }

    private final ByteBuffer in;
    private final Constructors constructors;
    private final Map<Integer, Object> memo = new HashMap<>();
    private final Deque<List<Object>> outer = new ArrayDeque<>();
    private List<Object> stack = new ArrayList<>();

    private Pickle(ByteBuffer in, Constructors constructors) {
        this.in = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.constructors = constructors;
    }

    /**
     * The value that a pickle describes.
     *
     * @throws MalformedFile if it is damaged, asks for what is not admitted, or uses an unknown operation
     */
    static Object read(ByteBuffer in, Constructors constructors) {
        return new Pickle(in, constructors).run();
    }

    private Object run() {
        for (int operations = 0; operations < MAX_OPERATIONS; operations++) {
            int opcode = u1();
            if (opcode == '.') {
                return pop();
            }
            step(opcode);
        }
        throw new MalformedFile("its pickle has more than " + MAX_OPERATIONS + " operations");
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80 -> checkProtocol(u1()); // PROTO
            case 0x95 -> length(8); // FRAME: only its length must be plausible
            case '(' -> mark();
            case '0' -> pop(); // POP
            case '1' -> popToMark(); // POP_MARK
            case '2' -> push(peek()); // DUP
            case 'N' -> push(null);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) in(4).getInt()); // BININT
            case 'K' -> push((long) u1()); // BININT1
            case 'M' -> push((long) u2()); // BININT2
            case 0x8a -> push(integer(u1())); // LONG1
            case 0x8b -> push(integer(length(4))); // LONG4
            case 'G' -> push(in(8).order(ByteOrder.BIG_ENDIAN).getDouble()); // BINFLOAT
            case 'X' -> push(text(length(4))); // BINUNICODE
            case 0x8c -> push(text(u1())); // SHORT_BINUNICODE
            case 0x8d -> push(text(length(8))); // BINUNICODE8
            case 'T' -> push(text(length(4))); // BINSTRING
            case 'U' -> push(text(u1())); // SHORT_BINSTRING
            case 'B' -> push(bytes(length(4))); // BINBYTES
            case 'C' -> push(bytes(u1())); // SHORT_BINBYTES
            case 0x8e -> push(bytes(length(8))); // BINBYTES8
            case ')' -> push(new Tuple(List.of())); // EMPTY_TUPLE
            case 0x85 -> pushTuple(1);
            case 0x86 -> pushTuple(2);
            case 0x87 -> pushTuple(3);
            case 't' -> push(new Tuple(popToMark())); // TUPLE
            case ']' -> push(new ArrayList<>()); // EMPTY_LIST
            case 'l' -> push(popToMark()); // LIST
            case 'a' -> append(Collections.singletonList(pop())); // APPEND
            case 'e' -> append(popToMark()); // APPENDS
            case '}' -> push(new Dict()); // EMPTY_DICT
            case 'd' -> dict(popToMark()); // DICT
            case 's' -> setItem(); // SETITEM
            case 'u' -> setItems(popToMark()); // SETITEMS
            case 'c' -> push(constructors.global(new Global(line(), line()))); // GLOBAL
            case 0x93 -> stackGlobal(); // STACK_GLOBAL
            case 'R' -> call(); // REDUCE
            case 0x81 -> create(); // NEWOBJ
            case 'b' -> setState(); // BUILD
            case 'Q' -> push(constructors.persistent(pop())); // BINPERSID
            case 'q' -> memo.put(u1(), peek()); // BINPUT
            case 'r' -> memo.put(in(4).getInt(), peek()); // LONG_BINPUT
            case 0x94 -> memo.put(memo.size(), peek()); // MEMOIZE
            case 'h' -> push(remembered(u1())); // BINGET
            case 'j' -> push(remembered(in(4).getInt())); // LONG_BINGET
            default ->
                throw new MalformedFile(String.format(
                        "its pickle has the operation 0x%02x at byte %d, which PyTorch's files do not use",
                        opcode, in.position() - 1));
        }
    }

    private static void checkProtocol(int protocol) {
        if (protocol > NEWEST_PROTOCOL) {
            throw new MalformedFile(
                    "its pickle is of protocol " + protocol + ", known are those up to " + NEWEST_PROTOCOL);
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
        push(new Tuple(Collections.unmodifiableList(Arrays.asList(items))));
    }

    @SuppressWarnings("unchecked") // lists are only ever made here, of any objects
    private void append(List<Object> items) {
        as(List.class, peek()).addAll(items);
    }

    private void dict(List<Object> items) {
        push(new Dict());
        setItems(items);
    }

    private void setItem() {
        Object value = pop();
        Object key = pop();
        as(Dict.class, peek()).put(key, value);
    }

    private void setItems(List<Object> items) {
        if (items.size() % 2 != 0) {
            throw damaged();
        }
        Dict dict = as(Dict.class, peek());
        for (int i = 0; i < items.size(); i += 2) {
            dict.put(items.get(i), items.get(i + 1));
        }
    }

    private void stackGlobal() {
        String name = pop(String.class);
        push(constructors.global(new Global(pop(String.class), name)));
    }

    private void call() {
        List<Object> arguments = pop(Tuple.class).items();
        push(constructors.call(pop(), arguments));
    }

    private void create() {
        List<Object> arguments = pop(Tuple.class).items();
        push(constructors.create(pop(), arguments));
    }

    private void setState() {
        Object state = pop();
        constructors.setState(peek(), state);
    }

    private Object remembered(int key) {
        if (!memo.containsKey(key)) {
            throw damaged();
        }
        return memo.get(key);
    }

    private long integer(int count) {
        if (count > Long.BYTES) {
            throw new MalformedFile("its pickle has an integer of " + count + " bytes, at most 8 are expected");
        }
        long value = 0;
        ByteBuffer digits = in(count);
        for (int i = 0; i < count; i++) {
            long digit = i == count - 1 ? digits.get() : Byte.toUnsignedLong(digits.get());
            value |= digit << (8 * i);
        }
        return value;
    }

    private String text(int count) {
        return StandardCharsets.UTF_8.decode(in(count)).toString();
    }

    private byte[] bytes(int count) {
        byte[] value = new byte[count];
        in(count).get(value);
        return value;
    }

    private String line() {
        int start = in.position();
        while (u1() != '\n') {
            // up to the line's end
        }
        return StandardCharsets.UTF_8
                .decode(in.slice(start, in.position() - 1 - start))
                .toString();
    }

    /** A length of 4 or 8 bytes, which what is left must suffice for. */
    private int length(int width) {
        ByteBuffer field = in(width);
        long value = width == 4 ? Integer.toUnsignedLong(field.getInt()) : field.getLong();
        if (value < 0 || value > in.remaining()) {
            throw new MalformedFile("its pickle announces " + Long.toUnsignedString(value) + " bytes, but only "
                    + in.remaining() + " are left");
        }
        return (int) value;
    }

    private int u1() {
        return Byte.toUnsignedInt(in(1).get());
    }

    private int u2() {
        return Short.toUnsignedInt(in(2).getShort());
    }

    /** The next bytes, little-endian. */
    private ByteBuffer in(int count) {
        if (count > in.remaining()) {
            throw new MalformedFile("its pickle ends too early");
        }
        ByteBuffer next = in.slice(in.position(), count).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + count);
        return next;
    }

    private static MalformedFile damaged() {
        return new MalformedFile("its pickle is damaged: an operation lacks the value that it works on");
    }
}
