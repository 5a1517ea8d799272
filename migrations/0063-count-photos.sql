-- A photo is looked up by its hash on the sheets of counts that carry photos.
create index stocktake_sheets_photos on stocktake_sheets using gin ((state -> 'photos'));
