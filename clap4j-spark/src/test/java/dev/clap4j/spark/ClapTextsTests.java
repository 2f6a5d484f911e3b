package dev.clap4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.Clip;
import dev.clap4j.ClipOptions;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ClapTextsTests {
    private static Dataset<Row> texts(List<String> texts) {
        return LocalSpark.session()
                .createDataset(texts, Encoders.STRING())
                .toDF("text")
                .coalesce(1);
    }

    @Test
    void featuresAreThoseOfTheLibrary() {
        List<String> texts = List.of("a dog", "a red cat", "", "a dog");
        List<Row> rows = ClapTexts.mini().transform(texts(texts)).collectAsList();
        try (Clip clip = Clip.mini()) {
            for (int i = 0; i < texts.size(); i++) {
                List<Float> features = rows.get(i).getList(1);
                float[] expected = clip.embedTexts(texts).row(i);
                for (int j = 0; j < expected.length; j++) {
                    assertThat(features.get(j)).isCloseTo(expected[j], within(1e-6f));
                }
                assertThat(rows.get(i).isNullAt(2)).isTrue();
            }
        }
    }

    @Test
    void textsThatCannotBeEncodedAreRowsWithAnErrorInTheirPlace() {
        String endless = "dog ".repeat(500);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            texts.add(i == 3 ? null : i % 50 == 40 ? endless : "dog " + i);
        }
        List<Row> rows = ClapTexts.mini().transform(texts(texts)).collectAsList();
        assertThat(rows).extracting(row -> row.getString(0)).isEqualTo(texts);
        for (int i = 0; i < texts.size(); i++) {
            boolean bad = i == 3 || i % 50 == 40;
            assertThat(rows.get(i).isNullAt(1)).isEqualTo(bad);
            assertThat(rows.get(i).isNullAt(2)).isNotEqualTo(bad);
        }
        assertThat(rows.get(3).getString(2)).isEqualTo("There is no text");
        assertThat(rows.get(40).getString(2)).contains("tokens");
    }

    @Test
    void longTextsMayBeTruncated() {
        ClapTexts texts = ClapTexts.mini().withOptions(ClipOptions.defaults().withTruncateTexts(true));
        Row row = texts.transform(texts(List.of("dog ".repeat(500)))).first();
        assertThat(row.isNullAt(2)).isTrue();
    }
}
