package dev.clap4j.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.spark.LocalSpark;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class NearDuplicatesTests {
    private static final int DIM = 64;
    private static final StructType SCHEMA = new StructType()
            .add("path", DataTypes.StringType)
            .add("domain", DataTypes.StringType)
            .add("features", DataTypes.createArrayType(DataTypes.FloatType));

    /** Features in a narrow cone; every second one is near the one before, with a cosine around 0.96. */
    private static List<Row> rows(int count) {
        Random random = new Random(5);
        List<Row> rows = new ArrayList<>();
        float[] before = new float[DIM];
        for (int i = 0; i < count; i++) {
            float[] feature = new float[DIM];
            for (int j = 0; j < DIM; j++) {
                double noise = random.nextGaussian();
                feature[j] = (float) (i % 2 == 0 ? 1 + noise : before[j] + 0.4 * noise);
            }
            before = feature;
            rows.add(RowFactory.create(String.format("%04d", i), i % 4 < 2 ? "art" : "art" + i % 2, feature));
        }
        return rows;
    }

    private static Set<List<String>> exact(List<Row> rows, double cosine) {
        Set<List<String>> pairs = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            for (int j = i + 1; j < rows.size(); j++) {
                if (cosine((float[]) rows.get(i).get(2), (float[]) rows.get(j).get(2)) >= cosine) {
                    pairs.add(List.of(rows.get(i).getString(0), rows.get(j).getString(0)));
                }
            }
        }
        return pairs;
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double left = 0;
        double right = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            left += a[i] * a[i];
            right += b[i] * b[i];
        }
        return dot / Math.sqrt(left * right);
    }

    private static List<List<String>> found(Dataset<Row> pairs) {
        return pairs.collectAsList().stream()
                .map(row -> List.of(row.getString(0), row.getString(1)))
                .toList();
    }

    private static Dataset<Row> table(List<Row> rows) {
        return LocalSpark.session().createDataFrame(rows, SCHEMA);
    }

    @Test
    void findsNearlyAllPairsOnceAndNoOther() {
        List<Row> rows = rows(1200);
        Set<List<String>> expected = exact(rows, 0.95);
        List<List<String>> found = found(NearDuplicates.pairs(table(rows), 0.95, 0.95, Optional.empty(), 0));
        assertThat(expected).hasSizeGreaterThan(300);
        assertThat(found).doesNotHaveDuplicates().isSubsetOf(expected);
        assertThat(found).hasSizeGreaterThan((int) (0.93 * expected.size()));
    }

    @Test
    void findsAllPairsIfNoneMayBeMissed() {
        List<Row> rows = rows(200);
        assertThat(found(NearDuplicates.pairs(table(rows), 0.95, 1, Optional.empty(), 0)))
                .containsExactlyInAnyOrderElementsOf(exact(rows, 0.95));
    }

    @Test
    void findsOnlyPairsAcrossDomains() {
        List<Row> rows = rows(200);
        List<List<String>> found = found(NearDuplicates.pairs(table(rows), 0.95, 1, Optional.of("domain"), 0));
        assertThat(found).isNotEmpty().allMatch(pair -> Integer.parseInt(pair.get(0)) % 4 == 2);
    }

    @Test
    void hasFewCandidates() {
        double[] mean = new double[DIM];
        java.util.Arrays.fill(mean, Math.sqrt(0.5 / DIM));
        Hyperplanes planes = Hyperplanes.plan(1_000_000, 0.98, 0.95, mean, 0);
        assertThat(planes.bits()).isBetween(12, 20);
        assertThat(planes.tables()).isBetween(2, Hyperplanes.MOST_TABLES);
    }

    @Test
    void refusesWhatCannotBe() {
        Dataset<Row> table = table(rows(4));
        assertThatThrownBy(() -> NearDuplicates.pairs(table, 2, 0.9, Optional.empty(), 0))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("cosine");
        assertThatThrownBy(() -> NearDuplicates.pairs(table, 0.9, 0.9, Optional.of("style"), 0))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("\"style\"");
    }
}
