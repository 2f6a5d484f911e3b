package dev.clap4j.spark.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.NearestName;
import dev.clap4j.prompt.ClassNames;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * Labelled pictures, as {@link dev.clap4j.dataset.Dataset} has them on one machine: with the same domains and classes, in the
 * same order.
 *
 * @param rows the columns path, domain and class, as they are called in prompts, and those of the input
 * @param domains the domains
 * @param classes the classes
 */
record LabelledPictures(Dataset<Row> rows, List<String> domains, List<String> classes) {
    /** The column of domains. */
    static final String DOMAIN = "domain";
    /** The column of classes. */
    static final String CLASS = "class";

    private static final String FOLDERS = "folders";
    private static final String SHAPES =
            "a data set is <root>/<domain>/<class>/<image>, or <root>/<class>/<image> for a single domain";

    /**
     * Reads pictures in folders, or a table with the columns {@code path} and {@code class}, and {@code domain} if there are
     * several.
     *
     * @throws ClapException if the folders have neither of the two structures, domains differ in their classes, or the table
     *     lacks a column
     */
    static LabelledPictures read(SparkSession spark, PictureInput input, String place) {
        Dataset<Row> rows = input.read(spark, List.of(place));
        FolderNames names = FolderNames.below(place);
        return input.isTable() ? ofTable(rows, names.rootName()) : ofFiles(rows, names);
    }

    private static LabelledPictures ofTable(Dataset<Row> table, String name) {
        List<String> columns = Arrays.asList(table.columns());
        if (!columns.contains(PictureInput.PATH) || !columns.contains(CLASS)) {
            throw new ClapException("A table of labelled pictures has the columns path and class, and may have domain;"
                    + " this one has " + String.join(", ", columns));
        }
        Dataset<Row> rows = columns.contains(DOMAIN) ? table : table.withColumn(DOMAIN, lit(name));
        List<Row> found = rows.select(DOMAIN, CLASS).distinct().collectAsList();
        if (found.stream().anyMatch(Row::anyNull)) {
            throw new ClapException("There are pictures without a class or domain in the table");
        }
        Set<String> domains = new TreeSet<>();
        Set<String> classes = new TreeSet<>();
        found.forEach(row -> {
            domains.add(row.getString(0));
            classes.add(row.getString(1));
        });
        return new LabelledPictures(rows, List.copyOf(domains), List.copyOf(classes));
    }

    private static LabelledPictures ofFiles(Dataset<Row> files, FolderNames names) {
        Dataset<Row> rows =
                files.withColumn(FOLDERS, udf(names.of(), FolderNames.TYPE).apply(col(PictureInput.PATH)));
        List<Row> found = rows.select(FOLDERS + ".*").distinct().collectAsList();
        int depth = depth(found, names);
        Map<Path, Map<String, String>> classes = new TreeMap<>();
        found.stream()
                .filter(row -> row.getInt(0) == depth)
                .forEach(row -> add(classes, row.getString(1), row.getString(2)));
        UDF1<String, String> composed = Names::composed;
        UDF1<String, String> className = ClassNames::fromFolder;
        return new LabelledPictures(
                rows.filter(col(FOLDERS + ".depth").equalTo(depth))
                        .withColumn(DOMAIN, udf(composed, DataTypes.StringType).apply(col(FOLDERS + ".domain")))
                        .withColumn(CLASS, udf(className, DataTypes.StringType).apply(col(FOLDERS + ".class")))
                        .drop(FOLDERS),
                classes.keySet().stream()
                        .map(domain -> Names.composed(domain.toString()))
                        .toList(),
                complete(classes, names));
    }

    /** Returns the number of folders around a picture, 1 or 2. Pictures at other depths are ignored. */
    private static int depth(List<Row> found, FolderNames names) {
        boolean single = found.stream().anyMatch(row -> row.getInt(0) == 1);
        boolean several = found.stream().anyMatch(row -> row.getInt(0) == 2);
        if (single == several) {
            throw new ClapException(
                    names.root() + (single ? " mixes two depths; " : " has no labelled pictures; ") + SHAPES);
        }
        return single ? 1 : 2;
    }

    private static void add(Map<Path, Map<String, String>> classes, String domain, String folder) {
        String other = classes.computeIfAbsent(Path.of(domain), key -> new TreeMap<>())
                .put(ClassNames.fromFolder(folder), folder);
        if (other != null) {
            throw ClassNames.sameClass(Path.of(domain), Path.of(other), Path.of(folder));
        }
    }

    /** Returns the classes of every domain. */
    private static List<String> complete(Map<Path, Map<String, String>> classes, FolderNames names) {
        Set<String> all = new TreeSet<>();
        classes.values().stream().map(Map::keySet).forEach(all::addAll);
        classes.forEach((domain, own) -> {
            Set<String> missing = new TreeSet<>(all);
            missing.removeAll(own.keySet());
            if (!missing.isEmpty()) {
                throw new ClapException("The domain " + domain + " of " + names.root() + " lacks "
                        + (missing.size() == 1 ? "the class " : "the classes ") + String.join(", ", missing)
                        + ", which other domains have; all domains must have the same classes");
            }
        });
        return List.copyOf(all);
    }

    /**
     * Returns the pictures of some classes.
     *
     * @throws ClapException if there is no class of such a name
     */
    LabelledPictures onlyClasses(List<String> names) {
        names.forEach(name -> requireKnown("class", name, classes));
        return new LabelledPictures(
                rows.filter(col(CLASS).isInCollection(names)),
                domains,
                classes.stream().filter(names::contains).toList());
    }

    /**
     * Returns the pictures of a domain.
     *
     * @throws ClapException if there is none of that name
     */
    LabelledPictures onlyDomain(String name) {
        requireKnown(DOMAIN, name, domains);
        return new LabelledPictures(rows.filter(col(DOMAIN).equalTo(name)), List.of(name), classes);
    }

    private static void requireKnown(String kind, String name, Collection<String> known) {
        if (!known.contains(name)) {
            throw new ClapException("There is no " + kind + " " + name + NearestName.hint(name, known) + "; there are "
                    + Names.preview(known));
        }
    }
}
