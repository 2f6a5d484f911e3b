package dev.clap4j.experiment;

import java.util.List;

/**
 * The presentation of a measurement: tables and plots over its scores.
 *
 * @param id the measurement's name, by which its plots are called
 * @param title the heading of its section
 * @param tables the tables, in order
 * @param plots the plots, in order
 */
public record Layout(String id, String title, List<Table> tables, List<Plot> plots) {
    /**
     * A table with a row for each combination of some dimensions, and a column for each domain or measure. Cells are
     * averaged over the other dimensions; ± follows over seeds or draws.
     *
     * @param title tells several tables of a measurement apart; may be empty
     * @param caption explains the values
     * @param rows the dimensions of the rows
     * @param measures the measures; if {@code domains} is set, the first one by domain and all of them averaged
     * @param domains whether there is a column for each domain
     */
    public record Table(String title, String caption, List<String> rows, List<Measure> measures, boolean domains) {
        /** A measurement's only table. */
        public Table(String caption, List<String> rows, List<Measure> measures, boolean domains) {
            this("", caption, rows, measures, domains);
        }
    }

    /**
     * A plot with a bar or line for each method.
     *
     * @param title the title
     * @param measures the measures; several make a panel each
     * @param panels the dimension that has a panel for each value; empty for none
     * @param x the dimension along the horizontal axis, with all of its values; lines if it is a number, else bars
     * @param xLabel the label of the horizontal axis
     */
    public record Plot(String title, List<Measure> measures, String panels, String x, String xLabel) {}
}
