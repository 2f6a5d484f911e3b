package dev.clap4j.spark;

import dev.clap4j.ClapException;
import dev.clap4j.internal.spark.Task;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of an input.
 *
 * @param schema all of them
 * @param input the index of that with pictures or texts
 * @param name the index of that with names for messages; -1 if there is none
 * @param keepsInput keeps that with pictures or texts
 */
record Columns(StructType schema, int input, int name, boolean keepsInput) {
    /** Arrays of floats without nulls. */
    static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType, false);

    /**
     * Finds the columns.
     *
     * @throws ClapException if that of the input is missing or has another type
     */
    static Columns of(StructType schema, String input, DataType type, String name, boolean keepsInput) {
        List<String> names = List.of(schema.fieldNames());
        int index = names.indexOf(input);
        if (index < 0) {
            throw new ClapException("There is no column " + input + "; the columns are " + String.join(", ", names));
        }
        DataType found = schema.fields()[index].dataType();
        if (!found.equals(type)) {
            throw new ClapException(
                    "The column " + input + " should be of type " + type.sql() + ", but is of type " + found.sql()
                            + (type.equals(DataTypes.BinaryType)
                                    ? "; read pictures with spark.read().format(\"binaryFile\")"
                                    : ""));
        }
        int named = names.indexOf(name);
        boolean isText = named >= 0 && schema.fields()[named].dataType().equals(DataTypes.StringType);
        return new Columns(schema, index, isText ? named : -1, keepsInput);
    }

    private List<Integer> keptIndices() {
        return IntStream.range(0, schema.length())
                .filter(i -> keepsInput || i != input)
                .boxed()
                .toList();
    }

    /** Returns the columns that are kept. */
    StructType kept() {
        return new StructType(
                keptIndices().stream().map(i -> schema.fields()[i]).toArray(StructField[]::new));
    }

    /**
     * Returns the columns of a result, the last of which is that of errors.
     *
     * @throws ClapException if two have the same name
     */
    StructType result(StructType others, String error) {
        StructType all = others.add(error, DataTypes.StringType);
        List<String> names = Arrays.asList(all.fieldNames());
        for (String name : names.subList(keptIndices().size(), names.size())) {
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new ClapException(
                        "The column " + name + " is there already; rename it, or give that of the result another name");
            }
        }
        return all;
    }

    /** Returns what a task needs to know of the columns. */
    Task.Output output(boolean features, boolean vectors) {
        return new Task.Output(input, name, keptIndices(), features, vectors);
    }
}
