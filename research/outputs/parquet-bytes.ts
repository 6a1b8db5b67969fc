// A table as Parquet: dates as dates, numbers as doubles, nothing null. The same table gives the same bytes.
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Table, TableColumn } from './output-tables.ts';

export function parquetBytes(table: Table): Uint8Array {
  const buffer = parquetWriteBuffer({
    schema: [{ name: 'root', num_children: table.length }, ...table.map(elementOf)],
    columnData: table.map((column) => ({
      name: column.name,
      data: column.kind === 'date' ? column.values.map((date) => new Date(date)) : [...column.values],
    })),
    createdBy: 'evenkeel',
  });
  return new Uint8Array(buffer);
}

function elementOf({ name, kind }: TableColumn) {
  const required = { name, repetition_type: 'REQUIRED' as const };
  if (kind === 'number') return { ...required, type: 'DOUBLE' as const };
  return kind === 'date'
    ? { ...required, type: 'INT32' as const, converted_type: 'DATE' as const }
    : { ...required, type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const };
}
