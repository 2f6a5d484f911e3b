package dev.clap4j.internal.tokenizer.pattern;

import java.util.List;
import java.util.function.IntPredicate;

/** A part of a regular expression. */
sealed interface RegexNode {
    /** Returns whether the node can match without consuming a character. */
    boolean canBeEmpty();

    /** Matches a character of a set. */
    record One(IntPredicate set) implements RegexNode {
        @Override
        public boolean canBeEmpty() {
            return false;
        }
    }

    /**
     * A look-ahead at the next character, which must be in a set or, if negated, not in it; at the end of the text
     * there is none.
     */
    record Peek(IntPredicate set, boolean negated) implements RegexNode {
        @Override
        public boolean canBeEmpty() {
            return true;
        }
    }

    /** Matches parts in sequence. */
    record Chain(List<RegexNode> parts) implements RegexNode {
        @Override
        public boolean canBeEmpty() {
            return parts.stream().allMatch(RegexNode::canBeEmpty);
        }
    }

    /** Matches one of several alternatives, the first preferred. */
    record Choice(List<RegexNode> alternatives) implements RegexNode {
        @Override
        public boolean canBeEmpty() {
            return alternatives.stream().anyMatch(RegexNode::canBeEmpty);
        }
    }

    /** Matches a part repeatedly: as often as possible, or as rarely as possible if it is lazy. */
    record Repeat(RegexNode part, int least, int most, boolean lazy) implements RegexNode {
        /** The value of {@code most} for no limit. */
        static final int UNLIMITED = Integer.MAX_VALUE;

        @Override
        public boolean canBeEmpty() {
            return least == 0 || part.canBeEmpty();
        }
    }
}
