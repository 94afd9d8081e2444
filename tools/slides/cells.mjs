/** Which part of a presentation each cell of a notebook is, in the metadata that nbconvert reads. */

const HEADING = /^#{1,2} /;
const FOLDED = /<details>[^]*?<\/details>/g;

/**
 * @param {{cells: {id: string, cell_type: string, source: string | string[], metadata: object}[]}} notebook
 * @returns the same notebook with a slide type for each cell; what is folded becomes a cell of its own, a note
 */
export function asSlides(notebook) {
  const cells = notebook.cells.flatMap((cell, i) => {
    const text = [cell.source].flat().join('');
    const isMarkdown = cell.cell_type === 'markdown';
    if (!isMarkdown) return [typed(cell, '-')];
    const type = HEADING.test(text) ? 'slide' : continues(notebook.cells[i - 1]) ? 'subslide' : '-';
    const folded = text.match(FOLDED);
    if (folded === null) return [typed(cell, type)];
    const note = folded.join('\n\n').replace(/<\/?(details|summary)>/g, '');
    return [
      typed({...cell, source: text.replace(FOLDED, '')}, type),
      typed({...cell, id: `${cell.id}-folded`, source: note}, 'notes'),
    ];
  });
  return {...notebook, cells};
}

/** After a cell's outputs the next words begin a new part. */
const continues = (before) =>
  before === undefined || before.cell_type === 'code' || before.source.join('').includes('<details>');

const typed = (cell, type) => ({...cell, metadata: {...cell.metadata, slideshow: {slide_type: type}}});
