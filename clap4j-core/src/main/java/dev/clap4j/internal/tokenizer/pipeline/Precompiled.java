package dev.clap4j.internal.tokenizer.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Applies a {@link CharacterMap} as Hugging Face's tokenizers do, which differs from SentencePiece: what users see as one
 * character, for instance a letter with its accent, is looked up as a whole if it has less than 6 bytes, and the shortest
 * key that starts it replaces all of it. Otherwise its code points are looked up one by one.
 */
public record Precompiled(CharacterMap map) implements Normalizer {
    private static final Pattern GRAPHEME_CLUSTER = Pattern.compile("\\X");
    private static final int MOST_BYTES = 5;

    /** No character below joins others, except a carriage return with a line feed. */
    private static final char FIRST_JOINING = 0x300;

    @Override
    public String apply(String text, int most) {
        StringBuilder result = new StringBuilder(text.length());
        Matcher clusters = GRAPHEME_CLUSTER.matcher(text);
        int end;
        for (int begin = 0; begin < text.length(); begin = end) {
            end = isAlone(text, begin) ? begin + 1 : endOfCluster(clusters, begin);
            String cluster = text.substring(begin, end);
            if (!replace(cluster, result)) {
                cluster.codePoints().mapToObj(Character::toString).forEach(one -> {
                    if (!replace(one, result)) {
                        result.append(one);
                    }
                });
            }
            Normalizer.requireLength(result, most);
        }
        return result.toString();
    }

    private static boolean isAlone(String text, int at) {
        char c = text.charAt(at);
        return c < FIRST_JOINING && c != '\r' && (at + 1 == text.length() || text.charAt(at + 1) < FIRST_JOINING);
    }

    private static int endOfCluster(Matcher clusters, int begin) {
        clusters.find(begin);
        return clusters.end();
    }

    private boolean replace(String cluster, StringBuilder result) {
        byte[] bytes = cluster.getBytes(StandardCharsets.UTF_8);
        CharacterMap.Found found = bytes.length > MOST_BYTES ? null : map.find(bytes, 0, bytes.length, false);
        if (found != null) {
            result.append(found.replacement());
        }
        return found != null;
    }
}
