package dev.clap4j.report;

/** Writes tables in one notation. */
interface TableRenderer {
    /**
     * Returns a table with its heading and caption.
     *
     * @param width the most columns of a terminal
     */
    String render(ResultTable table, int width);
}
