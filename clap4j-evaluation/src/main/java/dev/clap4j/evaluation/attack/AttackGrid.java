package dev.clap4j.evaluation.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PixelMode;
import dev.clap4j.internal.image.PngEncoder;
import dev.clap4j.internal.io.AtomicFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture of attacks: a row for each example with the clean image and, for each attack, the perturbation
 * (magnified; grey is zero) and the adversarial image above its predicted class.
 */
final class AttackGrid {
    private final Dataset attacked;
    private final AttackOptions options;
    private final int side;
    private final Examples examples;

    AttackGrid(Dataset attacked, AttackOptions options, int side, Examples examples) {
        this.attacked = attacked;
        this.options = options;
        this.side = side;
        this.examples = examples;
    }

    /**
     * An example.
     *
     * @param domain its domain
     * @param label its true class
     * @param cells the result of each attack, the clean image first
     */
    record Row(String domain, String label, List<Cell> cells) {}

    /**
     * An image and its prediction.
     *
     * @param pixels {@code [3, side, side]}
     * @param answer the predicted class
     * @param right whether the prediction is correct
     */
    record Cell(float[] pixels, String answer, boolean right) {}

    /** Draws the examples of a method into a PNG file. */
    void write(Path file, int method, String name, List<AttackedBatch> finished) {
        List<Row> rows = new ArrayList<>();
        for (AttackBatch batch : AttackBatch.of(attacked, side)) {
            rows.addAll(rows(batch, method, name, finished));
        }
        List<String> attacks = options.rows().stream().map(Attack::name).toList();
        GridCanvas canvas = new GridCanvas(side, attacks, title(name), rows);
        Bitmap bitmap = Bitmap.of(PixelMode.RGB, canvas.width(), canvas.height(), canvas.draw());
        AtomicFiles.writeBytes(file, PngEncoder.encode(bitmap));
    }

    private String title(String method) {
        return method + " under attack, " + options.threat().name().toLowerCase(Locale.ROOT) + " threat, ε = "
                + options.epsilon();
    }

    private List<Row> rows(AttackBatch batch, int method, String name, List<AttackedBatch> finished) {
        if (batch.examples().length == 0) {
            return List.of();
        }
        Domain domain = attacked.domains().get(batch.domain());
        List<List<Cell>> cells = new ArrayList<>();
        for (Attack attack : options.rows()) {
            String key = AttackedBatch.key(name, domain.name(), attack.name(), batch.number());
            AttackedBatch result = finished.stream()
                    .filter(one -> one.key().equals(key))
                    .findFirst()
                    .orElseThrow();
            cells.add(cells(batch, result, examples.load(batch.name(method, attack))));
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < batch.examples().length; i++) {
            int image = i;
            String label = attacked.classes().get(batch.labels()[batch.examples()[i]]);
            rows.add(new Row(
                    domain.name(), label, cells.stream().map(c -> c.get(image)).toList()));
        }
        return rows;
    }

    private List<Cell> cells(AttackBatch batch, AttackedBatch result, List<float[]> pixels) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < pixels.size(); i++) {
            int place = batch.examples()[i];
            String answer = attacked.classes().get(result.answers().get(place));
            cells.add(new Cell(pixels.get(i), answer, result.isRight(place)));
        }
        return cells;
    }
}
