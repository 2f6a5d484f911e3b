package dev.clap4j.internal.tokenizer.pattern;

import java.util.List;
import java.util.function.IntPredicate;

/** A part of a regular expression. */
sealed interface RegexNode {
    /** Tells whether it can match without a character. */
    boolean canBeEmpty();

    /** A character of a set. */
    record One(IntPredicate set) implements RegexNode {
        @Override
        public boolean canBeEmpty() {
            return false;
        }
    }

    /** Nothing, where the next character is of a set; at the end of a text there is none. */
    record Peek(IntPredicate set, boolean negated) implements RegexNode {
        @Override
        public boolean canBeEmpty() {
            return true;
        }
    }

    /** One part after the other. */
    record Chain(List<RegexNode> parts) implements RegexNode {
        @Override
        public boolean canBeEmpty() {
            return parts.stream().allMatch(RegexNode::canBeEmpty);
        }
    }

    /** One of several, the first preferred. */
    record Choice(List<RegexNode> alternatives) implements RegexNode {
        @Override
        public boolean canBeEmpty() {
            return alternatives.stream().anyMatch(RegexNode::canBeEmpty);
        }
    }

    /** A part several times; as often as possible, or as rarely if it is lazy. */
    record Repeat(RegexNode part, int least, int most, boolean lazy) implements RegexNode {
        /** A {@code most} that is no limit. */
        static final int UNLIMITED = Integer.MAX_VALUE;

        @Override
        public boolean canBeEmpty() {
            return least == 0 || part.canBeEmpty();
        }
    }
}
