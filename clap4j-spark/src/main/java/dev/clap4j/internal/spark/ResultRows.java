package dev.clap4j.internal.spark;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.Scoring;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Makes the rows of the output: the columns that are kept, then label, score, probability, scores, features, error. */
final class ResultRows {
    /** The columns of a classification. */
    private static final int LABEL_COLUMNS = 4;

    private final Task.Output output;
    private final Optional<ZeroShotClassifier> classifier;
    private final Optional<Scoring> scoring;

    ResultRows(Task task) {
        this.output = task.output();
        this.classifier = task.classRows().map(ClassRows::classifier);
        this.scoring = task.classRows().map(ClassRows::scoring);
    }

    /** Returns the values of a row that are kept, which do not include a picture's bytes unless asked for. */
    Object[] kept(Row row) {
        return output.kept().stream().map(row::get).toArray();
    }

    /** Returns the rows of encoded inputs, in the order of the features. */
    List<Row> rows(List<Object[]> kept, FeatureMatrix features) {
        float[][] scores = classifier.map(classes -> classes.scores(features)).orElse(null);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            List<Object> values = new ArrayList<>();
            Collections.addAll(values, kept.get(i));
            if (scores != null) {
                addClassification(values, scores[i]);
            }
            if (output.features()) {
                values.add(output.vectors() ? Vectors.dense(doubles(features.row(i))) : features.row(i));
            }
            values.add(null);
            rows.add(RowFactory.create(values.toArray()));
        }
        return rows;
    }

    private void addClassification(List<Object> values, float[] scores) {
        int best = ZeroShotClassifier.argMax(scores);
        values.add(classifier.orElseThrow().classes().get(best));
        values.add(scores[best]);
        values.add(scoring.orElseThrow().probabilities(scores)[best]);
        values.add(scores);
    }

    /** Returns the row of an input that could not be encoded. */
    Row failed(Object[] kept, String error) {
        int results = (classifier.isPresent() ? LABEL_COLUMNS : 0) + (output.features() ? 1 : 0);
        List<Object> values = new ArrayList<>();
        Collections.addAll(values, kept);
        values.addAll(Collections.nCopies(results, null));
        values.add(error);
        return RowFactory.create(values.toArray());
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
