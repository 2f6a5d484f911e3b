package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.internal.tokenizer.pattern.TextPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** The treatment of matches when a text is split. */
public enum Behavior {
    /** Matches are removed. */
    REMOVED,
    /** Each match is a piece. */
    ISOLATED,
    /** Each match is part of the preceding piece. */
    MERGED_WITH_PREVIOUS,
    /** Each match is part of the following piece. */
    MERGED_WITH_NEXT,
    /** Adjacent matches form one piece. */
    CONTIGUOUS;

    /** A span of a text. */
    private record Span(int begin, int end, boolean matches) {
        Span to(int newEnd) {
            return new Span(begin, newEnd, matches);
        }

        Span from(int newBegin) {
            return new Span(newBegin, end, matches);
        }
    }

    /**
     * Splits a text into pieces.
     *
     * @param scan finds the matches
     * @param invert whether to swap matches and the text between them
     * @param pieces receives the pieces
     */
    void cut(String text, TextPattern.Scan scan, boolean invert, Consumer<String> pieces) {
        if (this == REMOVED) {
            remove(text, scan, invert, pieces);
            return;
        }
        for (Span span : joined(spans(text, scan, invert))) {
            pieces.accept(text.substring(span.begin, span.end));
        }
    }

    private static void remove(String text, TextPattern.Scan scan, boolean invert, Consumer<String> pieces) {
        int done = 0;
        while (scan.next()) {
            if (invert) {
                pieces.accept(text.substring(scan.begin(), scan.end()));
            } else if (scan.begin() > done) {
                pieces.accept(text.substring(done, scan.begin()));
            }
            done = scan.end();
        }
        if (!invert && done < text.length()) {
            pieces.accept(text.substring(done));
        }
    }

    private static List<Span> spans(String text, TextPattern.Scan scan, boolean invert) {
        List<Span> spans = new ArrayList<>();
        int done = 0;
        while (scan.next()) {
            if (scan.begin() > done) {
                spans.add(new Span(done, scan.begin(), invert));
            }
            spans.add(new Span(scan.begin(), scan.end(), !invert));
            done = scan.end();
        }
        if (done < text.length()) {
            spans.add(new Span(done, text.length(), invert));
        }
        return spans;
    }

    private List<Span> joined(List<Span> spans) {
        return switch (this) {
            case REMOVED, ISOLATED -> spans;
            case CONTIGUOUS -> contiguous(spans);
            case MERGED_WITH_PREVIOUS -> withPrevious(spans);
            case MERGED_WITH_NEXT -> withNext(spans);
        };
    }

    private static List<Span> contiguous(List<Span> spans) {
        List<Span> joined = new ArrayList<>();
        for (Span span : spans) {
            int last = joined.size() - 1;
            if (last >= 0 && joined.get(last).matches == span.matches) {
                joined.set(last, joined.get(last).to(span.end));
            } else {
                joined.add(span);
            }
        }
        return joined;
    }

    /** Appends each match to the span before it, unless that is a match, too. */
    private static List<Span> withPrevious(List<Span> spans) {
        List<Span> joined = new ArrayList<>();
        boolean afterMatch = false;
        for (Span span : spans) {
            int last = joined.size() - 1;
            if (span.matches && !afterMatch && last >= 0) {
                joined.set(last, joined.get(last).to(span.end));
            } else {
                joined.add(span);
            }
            afterMatch = span.matches;
        }
        return joined;
    }

    private static List<Span> withNext(List<Span> spans) {
        List<Span> joined = new ArrayList<>();
        boolean beforeMatch = false;
        for (int i = spans.size() - 1; i >= 0; i--) {
            Span span = spans.get(i);
            int last = joined.size() - 1;
            if (span.matches && !beforeMatch && last >= 0) {
                joined.set(last, joined.get(last).from(span.begin));
            } else {
                joined.add(span);
            }
            beforeMatch = span.matches;
        }
        Collections.reverse(joined);
        return joined;
    }
}
