package dev.clap4j.internal.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TokenForestTests {
    private static NumberedTexts numbered(int[]... texts) {
        return new NumberedTexts(Arrays.stream(texts).map(TokenSequence::of).toList());
    }

    /** The tokens from the root to a place. */
    private static List<Integer> path(TokenForest forest, int place) {
        List<Integer> path = new ArrayList<>();
        for (int at = place; at != TokenForest.NONE; at = forest.parents()[at]) {
            assertThat(forest.parents()[at]).isLessThan(at);
            path.add(0, forest.tokens()[at]);
        }
        assertThat(forest.depths()[place]).isEqualTo(path.size() - 1);
        return path;
    }

    @Test
    void aCommonBeginningStandsOnce() {
        NumberedTexts texts = numbered(new int[] {8, 1, 2, 9}, new int[] {8, 1, 9}, new int[] {8, 1, 2, 3, 9});
        List<TokenForest> forests = TokenForest.plant(texts, 8);
        assertThat(forests).hasSize(1);
        assertThat(forests.get(0).tokens()).containsExactly(8, 1, 2, 3, 9, 9, 9);
        assertThat(forests.get(0).parents()).containsExactly(-1, 0, 1, 2, 3, 2, 1);
        assertThat(forests.get(0).texts()).containsExactly(2, 0, 1);
        assertThat(forests.get(0).ends()).containsExactly(4, 5, 6);
    }

    @Test
    void equalVectorsAreOneTokenAndOthersAreNot() {
        float[][] one = {{1, 2}, {3, 4}};
        float[][] same = {{1, 2}, {3, 5}};
        int[] ids = {8, TokenSequence.CONTEXT, TokenSequence.CONTEXT, 9};
        NumberedTexts texts = new NumberedTexts(List.of(new TokenSequence(ids, one), new TokenSequence(ids, same)));
        TokenForest forest = TokenForest.plant(texts, 8).get(0);
        assertThat(forest.size()).isEqualTo(6);
        List<float[]> vectors = Arrays.stream(forest.tokens())
                .filter(token -> token < 0)
                .mapToObj(texts::vector)
                .toList();
        assertThat(vectors).containsExactlyInAnyOrder(one[0], one[1], same[1]);
    }

    @Provide
    Arbitrary<List<int[]>> texts() {
        return Arbitraries.integers()
                .between(0, 2)
                .array(int[].class)
                .ofMinSize(1)
                .ofMaxSize(9)
                .list()
                .ofMaxSize(40);
    }

    @Property
    void everyTextIsAPathAndNoTokenStandsTwice(
            @ForAll("texts") List<int[]> texts, @ForAll @IntRange(min = 1, max = 30) int capacity) {
        List<Integer> seen = new ArrayList<>();
        for (TokenForest forest : TokenForest.plant(numbered(texts.toArray(int[][]::new)), capacity)) {
            Set<List<Integer>> paths = new HashSet<>();
            for (int place = 0; place < forest.size(); place++) {
                assertThat(paths.add(path(forest, place))).isTrue();
            }
            for (int i = 0; i < forest.texts().length; i++) {
                int text = forest.texts()[i];
                assertThat(path(forest, forest.ends()[i]))
                        .isEqualTo(Arrays.stream(texts.get(text)).boxed().toList());
                seen.add(text);
            }
            assertThat(forest.texts().length == 1 || forest.size() <= capacity).isTrue();
        }
        assertThat(seen).doesNotHaveDuplicates().hasSameSizeAs(texts);
    }
}
