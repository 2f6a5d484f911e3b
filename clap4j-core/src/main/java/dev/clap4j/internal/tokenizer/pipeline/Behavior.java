package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.internal.tokenizer.pattern.TextPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Treatments of the matches at which a text is split. */
enum Behavior {
    /** They go. */
    REMOVED,
    /** Each is a piece. */
    ISOLATED,
    /** Each belongs to the piece before. */
    MERGED_WITH_PREVIOUS,
    /** Each belongs to the piece behind. */
    MERGED_WITH_NEXT,
    /** Those that touch are one piece. */
    CONTIGUOUS;

    /** A stretch of a text. */
    private record Span(int begin, int end, boolean matches) {
        Span to(int newEnd) {
            return new Span(begin, newEnd, matches);
        }

        Span from(int newBegin) {
            return new Span(newBegin, end, matches);
        }
    }

    /**
     * Hands out the pieces of a text.
     *
     * @param scan finds what to split at
     * @param invert whether what lies between the matches counts as matches, and these as what lies between
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

    /** A match joins what is before it, unless that is a match, too. */
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
