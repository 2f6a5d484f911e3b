package dev.clap4j.internal.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;

/**
 * A column of values.
 *
 * @param index its place among the columns of a row group
 * @param path its name within its groups, the outermost first
 * @param type the stored type
 * @param isText whether bytes are declared as text
 * @param repeated the number of lists around a value
 * @param optional the number of groups, itself included, that may be missing
 */
record Leaf(int index, List<String> path, Type type, boolean isText, int repeated, int optional) {
    private static final int MAX_DEPTH = 100;

    /** Returns the columns of a schema, which lists groups before what is in them. */
    static List<Leaf> of(List<SchemaElement> schema) {
        List<Leaf> leaves = new ArrayList<>();
        int end = add(schema, 0, List.of(), 0, 0, leaves);
        if (end != schema.size()) {
            throw new IllegalArgumentException("the schema has elements outside of its root");
        }
        return leaves;
    }

    private static int add(
            List<SchemaElement> schema, int at, List<String> parents, int repeated, int optional, List<Leaf> leaves) {
        if (parents.size() > MAX_DEPTH || at >= schema.size()) {
            throw new IllegalArgumentException("the schema is malformed");
        }
        SchemaElement element = schema.get(at);
        boolean isRoot = at == 0;
        FieldRepetitionType repetition = isRoot ? null : element.getRepetition_type();
        int lists = repeated + (repetition == FieldRepetitionType.REPEATED ? 1 : 0);
        int gaps = optional + (isRoot || repetition == FieldRepetitionType.REQUIRED ? 0 : 1);
        List<String> path = new ArrayList<>(parents);
        if (!isRoot) {
            path.add(element.getName());
        }
        if (!isRoot && element.getNum_children() == 0) {
            boolean isText = element.getConverted_type() == ConvertedType.UTF8
                    || (element.getLogicalType() != null
                            && element.getLogicalType().isSetSTRING());
            leaves.add(new Leaf(leaves.size(), path, element.getType(), isText, lists, gaps));
            return at + 1;
        }
        int next = at + 1;
        for (int i = 0; i < element.getNum_children(); i++) {
            next = add(schema, next, path, lists, gaps, leaves);
        }
        return next;
    }

    /** Returns {@code image.bytes}. */
    String name() {
        return String.join(".", path);
    }

    /** Returns whether this is a column of the table itself, not of a group. */
    boolean isTop() {
        return path.size() == 1;
    }

    boolean isNumber() {
        return type == Type.INT32 || type == Type.INT64;
    }

    ColumnDescriptor descriptor() {
        PrimitiveTypeName stored =
                switch (type) {
                    case BYTE_ARRAY -> PrimitiveTypeName.BINARY;
                    case INT32 -> PrimitiveTypeName.INT32;
                    case INT64 -> PrimitiveTypeName.INT64;
                    default -> throw new IllegalArgumentException("values of the type " + type + " are not read");
                };
        PrimitiveType primitive = new PrimitiveType(
                optional > 0 ? Repetition.OPTIONAL : Repetition.REQUIRED, stored, path.get(path.size() - 1));
        return new ColumnDescriptor(path.toArray(String[]::new), primitive, repeated, optional);
    }
}
