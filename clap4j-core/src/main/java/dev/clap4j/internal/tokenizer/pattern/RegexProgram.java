package dev.clap4j.internal.tokenizer.pattern;

import dev.clap4j.ClapException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** A regular expression as a list of instructions. */
final class RegexProgram {
    /** Represents the position past the last character. */
    static final int END = -1;

    private static final int MOST_INSTRUCTIONS = 2000;

    private final String source;
    private final List<Instruction> instructions = new ArrayList<>();

    private RegexProgram(String source) {
        this.source = source;
    }

    private enum Kind {
        CHARACTER,
        PEEK,
        PEEK_NOT,
        SPLIT,
        MATCH
    }

    /** An instruction: a set to test, or positions to continue at. */
    private record Instruction(Kind kind, IntPredicate set, int first, int second) {}

    static RegexProgram of(String source, RegexNode node) {
        RegexProgram program = new RegexProgram(source);
        program.write(node);
        program.add(new Instruction(Kind.MATCH, null, 0, 0));
        return program;
    }

    int length() {
        return instructions.size();
    }

    boolean isMatch(int place) {
        return instructions.get(place).kind == Kind.MATCH;
    }

    boolean isSplit(int place) {
        return instructions.get(place).kind == Kind.SPLIT;
    }

    boolean isPeek(int place) {
        Kind kind = instructions.get(place).kind;
        return kind == Kind.PEEK || kind == Kind.PEEK_NOT;
    }

    /** Tests a condition on the next character. */
    boolean peeks(int place, int next) {
        Instruction instruction = instructions.get(place);
        boolean is = next != END && instruction.set.test(next);
        return is == (instruction.kind == Kind.PEEK);
    }

    /** Returns the characters that lead to the next instruction, or null if it consumes none. */
    IntPredicate set(int place) {
        Instruction instruction = instructions.get(place);
        return instruction.kind == Kind.CHARACTER ? instruction.set : null;
    }

    /** Returns the preferred position to continue at. */
    int first(int place) {
        return instructions.get(place).first;
    }

    /** Returns the other position. */
    int second(int place) {
        return instructions.get(place).second;
    }

    private int add(Instruction instruction) {
        if (instructions.size() == MOST_INSTRUCTIONS) {
            throw new ClapException("the regular expression \"" + source + "\" is too large: it needs more than "
                    + MOST_INSTRUCTIONS + " steps");
        }
        instructions.add(instruction);
        return instructions.size() - 1;
    }

    private void split(int place, int preferred, int other, boolean lazy) {
        instructions.set(place, new Instruction(Kind.SPLIT, null, lazy ? other : preferred, lazy ? preferred : other));
    }

    private int reserve() {
        return add(new Instruction(Kind.SPLIT, null, 0, 0));
    }

    private void write(RegexNode node) {
        if (node instanceof RegexNode.One one) {
            add(new Instruction(Kind.CHARACTER, one.set(), 0, 0));
        } else if (node instanceof RegexNode.Peek peek) {
            add(new Instruction(peek.negated() ? Kind.PEEK_NOT : Kind.PEEK, peek.set(), 0, 0));
        } else if (node instanceof RegexNode.Chain chain) {
            chain.parts().forEach(this::write);
        } else if (node instanceof RegexNode.Choice choice) {
            write(choice.alternatives());
        } else if (node instanceof RegexNode.Repeat repeat) {
            write(repeat);
        }
    }

    private void write(List<RegexNode> alternatives) {
        if (alternatives.size() == 1) {
            write(alternatives.get(0));
            return;
        }
        int fork = reserve();
        write(alternatives.get(0));
        int jump = reserve();
        split(fork, fork + 1, instructions.size(), false);
        write(alternatives.subList(1, alternatives.size()));
        split(jump, instructions.size(), instructions.size(), false);
    }

    private void write(RegexNode.Repeat repeat) {
        for (int i = 0; i < repeat.least(); i++) {
            write(repeat.part());
        }
        if (repeat.most() == RegexNode.Repeat.UNLIMITED) {
            int fork = reserve();
            write(repeat.part());
            int back = reserve();
            split(back, fork, fork, false);
            split(fork, fork + 1, instructions.size(), repeat.lazy());
            return;
        }
        List<Integer> forks = new ArrayList<>();
        for (int i = repeat.least(); i < repeat.most(); i++) {
            forks.add(reserve());
            write(repeat.part());
        }
        forks.forEach(fork -> split(fork, fork + 1, instructions.size(), repeat.lazy()));
    }
}
